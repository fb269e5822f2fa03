import { closeSync, fstatSync, ftruncateSync, mkdirSync, openSync, readSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { invariant } from '../../core/assert.ts';
import { wordsOf } from '../../core/caught.ts';
import { LedgerEvent } from './events.ts';

/** Where the ledger's events are kept. `append` returns when they survive the end of this process. */
export interface EventStore {
  load(): Iterable<LedgerEvent>;
  append(events: readonly LedgerEvent[]): void;
  close(): void;
}

export class LedgerFileError extends Error {
  override name = 'LedgerFileError';
}

export function memoryStore(): EventStore {
  return { load: () => [], append: () => {}, close: () => {} };
}

/**
 * One JSON line per event, appended and never changed. A line that a kill tore off at the end never happened: no
 * reply left before the line was whole. Not synced to the platter: it is a simulator's money.
 *
 * @throws LedgerFileError when the file cannot be opened, or a line in it is not an event of this version.
 */
export function openEventFile(path: string): EventStore {
  const file = open(path);
  let isOpen = true;
  return {
    load: () => loadFrom(file, path),
    append(events) {
      // The number of a closed file may by now be another file's.
      invariant(isOpen, 'An event came after the ledger was closed');
      appendWhole(file, Buffer.from(events.map((event) => `${JSON.stringify(event)}\n`).join(''), 'utf8'));
    },
    close() {
      if (isOpen) closeSync(file);
      isOpen = false;
    },
  };
}

function open(path: string): number {
  try {
    mkdirSync(dirname(path), { recursive: true });
    return openSync(path, 'a+', 0o600);
  } catch (error) {
    throw new LedgerFileError(
      `The simulator cannot open its ledger ${path} (${wordsOf(error)}). No real money is concerned. ` +
        'Make the folder writable, or give the simulator another one.',
    );
  }
}

function loadFrom(file: number, path: string): LedgerEvent[] {
  const bytes = readAll(file);
  const whole = bytes.lastIndexOf(0x0a) + 1;
  if (whole < bytes.length) ftruncateSync(file, whole);

  const events: LedgerEvent[] = [];
  for (let from = 0; from < whole; ) {
    const to = bytes.indexOf(0x0a, from);
    events.push(readLine(bytes.toString('utf8', from, to), path, events.length + 1));
    from = to + 1;
  }
  return events;
}

function readLine(line: string, path: string, number: number): LedgerEvent {
  try {
    return LedgerEvent.parse(JSON.parse(line));
  } catch {
    throw new LedgerFileError(
      `Line ${number} of the simulator's ledger ${path} is not one of its events: the file is damaged or was written ` +
        'by another version. No real money is concerned. Move the file away, and the simulator starts an empty one.',
    );
  }
}

function readAll(file: number): Buffer {
  const bytes = Buffer.alloc(fstatSync(file).size);
  let filled = 0;
  while (filled < bytes.length) {
    const count = readSync(file, bytes, filled, bytes.length - filled, filled);
    if (count === 0) break;
    filled += count;
  }
  return bytes.subarray(0, filled);
}

/** All of it or nothing: on a full disk, half a line must not stay behind in the middle of the file. */
function appendWhole(file: number, bytes: Buffer): void {
  const { size } = fstatSync(file);
  try {
    for (let written = 0; written < bytes.length; ) written += writeSync(file, bytes, written);
  } catch (error) {
    ftruncateSync(file, size);
    throw error;
  }
}
