import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createPtyPair, type PtyPair } from '../../devices/pty-pair.ts';
import { temporaryFolder } from '../../fixtures/ledger.ts';
import { type SaomaProcess, startSaoma } from '../../fixtures/saoma-process.ts';
import { writeShopSettings } from '../../fixtures/shop.ts';
import { type Guest, startGuest } from './guest.ts';
import type { SmallDisk } from './small-disk.ts';

/** A shop of which every part is a process of its own and can be killed by itself. */
export interface CrashShop extends AsyncDisposable {
  readonly dataDir: string;
  readonly simulatorDir: string;
  /** One file for each connection that the printer has heard anything on. */
  readonly paperDir: string;
  readonly scanner: PtyPair;
  readonly simulator: Guest;
  readonly printer: Guest;
  /** `host:port`, as settings name it. */
  readonly printerTarget: string;
  /** Where the till keeps its books, when that is a disk of its own. */
  readonly disk?: SmallDisk | undefined;
  /** Orders that the simulator, while it stood still, heard of later than they were sent: it misjudges their times. */
  readonly heardLate: Set<string>;
  /** A real `saoma sell` over all of them. */
  startTill(): Promise<SaomaProcess>;
}

/** @param disk for the till's books, when that is to be a disk of its own. The caller's to unmount. */
export async function openCrashShop(disk?: SmallDisk): Promise<CrashShop> {
  await using building = new AsyncDisposableStack();
  const folder = temporaryFolder();
  building.defer(() => folder.remove());
  const [simulatorDir, certDir, paperDir] = ['simulator', 'certificates', 'paper'].map((name) =>
    join(folder.path, name),
  ) as [string, string, string];
  mkdirSync(paperDir);
  const simulator = building.use(await startGuest('simulator-process.ts', [simulatorDir, certDir]));
  const printer = building.use(await startGuest('printer-process.ts', [paperDir]));
  const scanner = building.use(await createPtyPair());
  const tillDir = join(disk?.path ?? folder.path, 'till');
  writeShopSettings(tillDir, certDir, `https://127.0.0.1:${simulator.port}`);
  const printerTarget = `tcp:127.0.0.1:${printer.port}`;

  const parts = building.move();
  return {
    dataDir: tillDir,
    simulatorDir,
    paperDir,
    scanner,
    simulator,
    printer,
    printerTarget,
    disk,
    heardLate: new Set(),
    startTill: () =>
      startSaoma([
        'sell',
        ...['--data', tillDir, '--amount', '12.30', '--json'],
        ...['--scanner', `serial:${scanner.path}@9600`, '--printer', printerTarget],
      ]),
    [Symbol.asyncDispose]: () => parts.disposeAsync(),
  };
}
