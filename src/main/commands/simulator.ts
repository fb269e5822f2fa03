import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { Secret } from '../../core/secret.ts';
import { openFirstWallets } from '../../simulator/control/control.ts';
import { type Merchant, SAMPLE_MERCHANT, type SimulatorOptions } from '../../simulator/options.ts';
import { type Simulator, startSimulator } from '../../simulator/simulator.ts';
import { createCleanup } from '../cleanup.ts';
import { lockDataFolder } from '../ledger/lock.ts';
import { type ControlServer, serveSimulatorControl } from '../simulator-control/control-server.ts';
import { readRules } from './simulator-rules.ts';
import { untilToldToEnd } from './until-told.ts';

export interface SimulatorCommand {
  readonly port: number;
  readonly plainPort?: number | undefined;
  readonly controlPort?: number | undefined;
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
  const cleanup = createCleanup();
  try {
    if (command.data !== undefined) cleanup.add(lockSimulatorFolder(command.data));
    const merchant = merchantOf(command);
    const running = await startSimulator({ ...simulatorOptions(command), merchant });
    cleanup.add(() => running.close());
    const control = await openControl(command.controlPort, running, merchant);
    if (control) {
      cleanup.add(() => control.close());
      openFirstWallets(running.control);
    }
    process.stdout.write(`${JSON.stringify(readyLine(command, running, control))}\n`);
    await untilToldToEnd();
  } finally {
    await cleanup.run();
  }
  return 0;
}

function merchantOf({ appid, mchId, key }: SimulatorCommand): Merchant {
  return {
    appId: appid ?? SAMPLE_MERCHANT.appId,
    mchId: mchId ?? SAMPLE_MERCHANT.mchId,
    apiKey: key === undefined ? SAMPLE_MERCHANT.apiKey : new Secret(key),
  };
}

function simulatorOptions(command: SimulatorCommand): SimulatorOptions {
  const { port, plainPort, data, certDir, rules, faultSeed: seed } = command;
  return {
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
  };
}

async function openControl(
  port: number | undefined,
  running: Simulator,
  merchant: Merchant,
): Promise<ControlServer | undefined> {
  if (port === undefined) return undefined;
  const rendererDir = path.join(import.meta.dirname, '../renderer');
  return serveSimulatorControl({ simulator: running, merchant, rendererDir, port });
}

function readyLine({ certDir }: SimulatorCommand, running: Simulator, control: ControlServer | undefined) {
  const { port, plainPort, baseUrl: url } = running;
  const door = control && { controlPort: control.port, controlUrl: control.url, controlToken: control.token };
  return { event: 'ready', port, plainPort, url, certDir, ...door };
}

/** Two simulators over one ledger file would each believe in half of it. */
function lockSimulatorFolder(dataDir: string): () => void {
  mkdirSync(dataDir, { recursive: true });
  return lockDataFolder(dataDir);
}
