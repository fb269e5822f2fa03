import { randomUUID } from 'node:crypto';
import { appendFileSync } from 'node:fs';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import { startPrinterServer } from '../../fixtures/printer-server.ts';

/*
 * node printer-process.ts PAPER PORT: a receipt printer as a process that can be killed. Whatever comes in on one
 * connection lies in a file of its own in the folder PAPER, as paper outlives the printer.
 */

const [paperDir = '', port = '0'] = process.argv.slice(2);
const sheets = new WeakMap<Socket, string>();

const printer = await startPrinterServer(
  {
    onData(socket, bytes) {
      const sheet = sheets.get(socket) ?? join(paperDir, randomUUID());
      sheets.set(socket, sheet);
      appendFileSync(sheet, bytes);
    },
  },
  Number(port),
);
// A parent that is gone has no more use for it.
process.on('disconnect', () => process.exit());
process.send?.({ port: printer.port });
