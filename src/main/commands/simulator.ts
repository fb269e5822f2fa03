import { Secret } from '../../core/secret.ts';
import { SAMPLE_MERCHANT } from '../../simulator/options.ts';
import { startSimulator } from '../../simulator/simulator.ts';
import type { Output } from './output.ts';
import { untilToldToEnd } from './until-told.ts';

export interface SimulatorCommand {
  readonly port: number;
  readonly plainPort?: number | undefined;
  readonly key?: string | undefined;
  readonly appid?: string | undefined;
  readonly mchId?: string | undefined;
  readonly data?: string | undefined;
  readonly certDir?: string | undefined;
}

/** `saoma simulator`: a WeChat Pay of one's own, until it is told to end. Prints one JSON line when it is ready. */
export async function simulator(command: SimulatorCommand, output: Output): Promise<number> {
  const { port, plainPort, key, data, certDir } = command;
  const running = await startSimulator({
    port,
    ...(plainPort === undefined ? {} : { plainPort }),
    ...(data === undefined ? {} : { dataDir: data }),
    ...(certDir === undefined ? {} : { certDir }),
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
  output.say('');
  return 0;
}
