import path from 'node:path';
import { decideHost, HostUnavailable } from '../launch/decide-host.ts';
import { electronPackageDir, findElectron } from '../launch/find-electron.ts';
import { hasDisplay, isRoot } from '../launch/machine.ts';
import { runElectron } from '../launch/run-electron.ts';
import { type KioskCommand, kiosk } from './kiosk.ts';
import type { Output } from './output.ts';

export interface StartCommand extends KioskCommand {
  readonly host: string;
}

/** `saoma start`: the host that can run here. Decided by looking at files, in milliseconds; nothing is downloaded. */
export async function start(command: StartCommand, output: Output): Promise<number> {
  const { host: requested, ...rest } = command;
  if (requested !== 'auto' && requested !== 'electron' && requested !== 'kiosk') {
    throw new HostUnavailable(`"${requested}" is no host: electron, kiosk or auto`);
  }
  const electronBinary = findElectron(electronPackageDir());
  const { host, why } = decideHost({ requested, electronBinary, hasDisplay: hasDisplay(), isRoot: isRoot() });
  output.say(`Saoma: ${host} (${why})`);
  if (host === 'electron' && electronBinary !== undefined) {
    const run = await runElectron(electronBinary, path.join(import.meta.dirname, '../..'), flagsFor(rest));
    if (run.ran) return run.exitCode;
    output.say(`Saoma: kiosk (${run.why})`);
  }
  return kiosk(rest, output);
}

function flagsFor({ dataDir, scanner, printer, fullscreen }: KioskCommand): string[] {
  return [
    `--data=${dataDir}`,
    ...(scanner === undefined ? [] : [`--scanner=${scanner}`]),
    ...(printer === undefined ? [] : [`--printer=${printer}`]),
    ...(fullscreen ? ['--fullscreen'] : []),
  ];
}
