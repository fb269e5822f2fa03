import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import Database from 'better-sqlite3';
import { LEDGER_FILE } from '../src/main/ledger/open-ledger.ts';
import { type Figure, figureOf, machineMs } from './figures.ts';
import { fillBooks, paid, UNANSWERED } from './full-books.ts';
import { CLI, startShop } from './shop.ts';

/**
 * A start on the morning after: years of sales in the books and payments whose outcome is not known. Against SQLite's
 * own reading of the same file, which no careful start can do without.
 */
export async function recovery(sales: number, open: number, starts: number): Promise<Figure[]> {
  await using shop = await startShop();
  fillBooks(shop.dataDir, sales, (sequence) => (sequence <= sales - open ? paid(sequence) : UNANSWERED));
  const [ready, floor]: [number[], number[]] = [[], []];
  for (let start = 0; start < starts; start++) {
    const from = machineMs();
    const args = ['sell', '--data', shop.dataDir, '--amount', '1', '--scanner', `serial:${shop.scannerPath}@9600`];
    const saoma = spawn(process.execPath, [CLI, ...args, '--printer', 'none', '--json'], {
      stdio: ['ignore', 'pipe', 'inherit'],
      // Nobody answers: what is open stays open, and each start recovers all of it again.
      env: { ...process.env, ...shop.envFor('https://127.0.0.1:9') },
    });
    await once(createInterface({ input: saoma.stdout }), 'line');
    ready.push(machineMs() - from);
    saoma.kill('SIGKILL');
    await once(saoma, 'exit');
    floor.push(quickCheckMs(`${shop.dataDir}/${LEDGER_FILE}`));
  }
  const size = `${sales} sales, ${open} open`;
  return [
    figureOf(`start → scanner ready, ${size}`, ready, '≤ 2000 ms'),
    figureOf('floor: quick_check of the same file', floor),
  ];
}

function quickCheckMs(path: string): number {
  const from = machineMs();
  const db = new Database(path, { readonly: true });
  db.pragma('quick_check(1)');
  db.close();
  return machineMs() - from;
}
