import { mkdirSync } from 'node:fs';
import { Secret } from '../../core/secret.ts';
import { SAMPLE_MERCHANT } from '../../simulator/options.ts';
import { startSimulator } from '../../simulator/simulator.ts';
import { lockDataFolder } from '../ledger/lock.ts';
import { readRules } from './simulator-rules.ts';
import { untilToldToEnd } from './until-told.ts';

export interface SimulatorCommand {
  readonly port: number;
  readonly plainPort?: number | undefined;
  readonly key?: string | undefined;
  readonly appid?: string | undefined;
  readonly mchId?: string | undefined;
  readonly data?: string | undefined;
  readonly certDir?: string | undefined;
  readonly feeBasisPoints?: number | undefined;
  readonly billsAtOnce?: boolean | undefined;
  /** A JSON file of rules. */
  readonly rules?: string | undefined;
  readonly faultSeed?: number | undefined;
  /** The shares of calls and of customers that go wrong, 0 to 1. */
  readonly faultRate?: number | undefined;
  readonly faultCustomers?: number | undefined;
}

/** `saoma simulator`: a WeChat Pay of one's own, until it is told to end. Prints one JSON line when it is ready. */
export async function simulator(command: SimulatorCommand): Promise<number> {
  const { port, plainPort, key, data, certDir, rules, faultSeed: seed } = command;
  const unlock = data === undefined ? () => {} : lockSimulatorFolder(data);
  const running = await startSimulator({
    port,
    ...(plainPort === undefined ? {} : { plainPort }),
    ...(data === undefined ? {} : { dataDir: data }),
    ...(certDir === undefined ? {} : { certDir }),
    ...(command.feeBasisPoints === undefined ? {} : { feeBasisPoints: command.feeBasisPoints }),
    ...(command.billsAtOnce === true ? { billHours: 'at-once' } : {}),
    ...(rules === undefined ? {} : { rules: readRules(rules) }),
    ...(seed === undefined
      ? {}
      : { faults: { seed, rate: command.faultRate ?? 0.2, customers: command.faultCustomers ?? 0 } }),
    merchant: {
      appId: command.appid ?? SAMPLE_MERCHANT.appId,
      mchId: command.mchId ?? SAMPLE_MERCHANT.mchId,
      apiKey: key === undefined ? SAMPLE_MERCHANT.apiKey : new Secret(key),
    },
  });
  const ready = { event: 'ready', port: running.port, plainPort: running.plainPort, url: running.baseUrl, certDir };
  process.stdout.write(`${JSON.stringify(ready)}\n`);
  await untilToldToEnd();
  await running.close();
  unlock();
  return 0;
}

/** Two simulators over one ledger file would each believe in half of it. */
function lockSimulatorFolder(dataDir: string): () => void {
  mkdirSync(dataDir, { recursive: true });
  return lockDataFolder(dataDir);
}
