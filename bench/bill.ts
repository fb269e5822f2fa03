import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { writeBill } from './bill-file.ts';
import type { BillReading } from './bill-reader.ts';
import { type Figure, figureOf, round } from './figures.ts';

const READER = path.join(import.meta.dirname, 'bill-reader.ts');

export interface BillFigures {
  readonly figures: readonly Figure[];
  /** Our reading to the floor of the same run. */
  readonly ratio: number;
  /** The most memory that any of our readings held above its start. */
  readonly aboveMb: number;
}

/** A packed bill of so many rows, downloaded, parsed and totalled by our client, beside the floor, turn by turn. */
export async function billDownload(rows: number, turns: number): Promise<BillFigures> {
  const folder = mkdtempSync(path.join(tmpdir(), 'saoma-bill-'));
  const file = path.join(folder, 'bill.gz');
  await writeBill(file, rows);
  const server = createServer((_, response) => {
    createReadStream(file, { highWaterMark: 1 << 18 }).pipe(response);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const [floor, ours]: [BillReading[], BillReading[]] = [[], []];
  try {
    for (let turn = 0; turn < turns; turn++) {
      floor.push(await readIn('floor', url));
      ours.push(await readIn('read', url));
    }
  } finally {
    server.close();
    rmSync(folder, { recursive: true });
  }
  if (ours.some((reading) => reading.rows !== rows)) throw new Error('Rows of the bill were lost');
  const name = `a bill of ${rows.toLocaleString('en-US')} rows`;
  const figures = [
    figureOf(
      `floor: ${name} unpacked`,
      floor.map(({ ms }) => ms),
    ),
    figureOf(
      name,
      ours.map(({ ms }) => ms),
      rows === 1_000_000 ? '≤ 4,000 ms' : undefined,
    ),
  ];
  return {
    figures,
    ratio: round((figures[1]?.p50 ?? 0) / (figures[0]?.p50 ?? 1)),
    aboveMb: round(Math.max(...ours.map(({ aboveMb }) => aboveMb))),
  };
}

async function readIn(mode: 'floor' | 'read', url: string): Promise<BillReading> {
  const reader = spawn(process.execPath, [READER, mode, url], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line, [code]] = await Promise.all([text(reader.stdout), once(reader, 'exit')]);
  if (code !== 0) throw new Error(`The reader of the bill ended with ${code}`);
  return JSON.parse(line) as BillReading;
}
