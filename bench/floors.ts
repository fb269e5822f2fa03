import { closeSync, fsyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Figure, figureOf, machineMs } from './figures.ts';

const PAGE = Buffer.alloc(4096, 1);

/** What this machine's disk asks for one durable 4 KiB write: no commit can be quicker. */
export function durableWriteFloor(writes: number): Figure {
  const folder = mkdtempSync(path.join(tmpdir(), 'saoma-floor-'));
  const file = openSync(path.join(folder, 'file'), 'w');
  const samples: number[] = [];
  for (let write = 0; write < writes; write++) {
    const from = machineMs();
    writeSync(file, PAGE);
    fsyncSync(file);
    samples.push(machineMs() - from);
  }
  closeSync(file);
  rmSync(folder, { recursive: true });
  return figureOf('floor: one durable 4 KiB write', samples);
}
