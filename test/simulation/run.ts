import { type ChildProcess, fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { playNumbered, replayCommand, SALES_PER_WORLD, type Shard } from './campaign.ts';
import type { ShardMessage } from './worker.ts';
import { ramDisk, type WorldResult } from './world.ts';

/*
 * npm run simulate -- --sales N [--seed S] [--workers W]: N sales in as many worlds as they take, W at a time.
 * npm run simulate -- --sales N --seed S --world I: one world again, with its story.
 * The last line is one line of JSON; the exit status is 0 only if nothing was wrong.
 */

const PROGRESS_EVERY_SALES = 50_000;
const STORIES_MAX = 3;

const { values } = parseArgs({
  options: {
    sales: { type: 'string', default: '10000' },
    seed: { type: 'string' },
    world: { type: 'string' },
    workers: { type: 'string', default: String(Math.min(2, availableParallelism())) },
  },
});
const sales = wholeNumber('sales', values.sales);
const seed = values.seed === undefined ? Math.floor(Math.random() * 2 ** 32) : wholeNumber('seed', values.seed);
// All that the workers write lies in here, so that a run that is interrupted leaves nothing in memory behind.
const inFolder = mkdtempSync(join(ramDisk(), 'saoma-simulate-'));
const shards = new Set<ChildProcess>();
process.once('exit', () => {
  for (const shard of shards) shard.kill('SIGKILL');
  rmSync(inFolder, { recursive: true, force: true });
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

const begunAt = performance.now();
let sold = 0;
let deaths = 0;
let wrong = 0;
let reported = 0;
let told = 0;
const { user: ownUser, system: ownSystem } = process.cpuUsage();
let cpuUs = ownUser + ownSystem;

if (values.world === undefined) {
  const of = wholeNumber('workers', values.workers);
  await Promise.all(Array.from({ length: of }, (_, index) => playShardApart({ seed, sales, index, of, inFolder })));
} else {
  await replay(wholeNumber('world', values.world));
}

const seconds = (performance.now() - begunAt) / 1000;
const salesPerSecond = Math.round(sold / seconds);
// On a machine that does other things as well, the rate says little and this a good deal.
const cpuMsPerSale = Math.round(cpuUs / 10 / Math.max(1, sold)) / 100;
console.log(
  JSON.stringify({ sales: sold, wrong, seed, salesPerSecond, seconds: Math.round(seconds), cpuMsPerSale, deaths }),
);
process.exitCode = wrong > 0 ? 1 : 0;

function playShardApart(shard: Shard): Promise<void> {
  return new Promise((resolve, reject) => {
    const worker = fork(new URL('./worker.ts', import.meta.url));
    shards.add(worker);
    worker.on('message', (message: ShardMessage) => {
      if ('cpu' in message) cpuUs += message.cpu.user + message.cpu.system;
      else note(message.number, message.result);
    });
    worker.once('error', reject);
    worker.once('exit', (code, signal) => {
      shards.delete(worker);
      if (code === 0) resolve();
      else reject(new Error(`A worker ended with ${code ?? signal}`));
    });
    worker.send(shard);
  });
}

function note(number: number, result: WorldResult): void {
  sold += result.sales;
  deaths += result.deaths;
  wrong += result.problems.length;
  if (sold - reported >= PROGRESS_EVERY_SALES) {
    reported = sold;
    const rate = Math.round((sold * 1000) / (performance.now() - begunAt));
    console.log(`${sold} sales, ${deaths} deaths, ${wrong} wrong, ${rate} sales/s`);
  }
  if (result.problems.length === 0 || told++ >= STORIES_MAX) return;
  report(result);
  const inWorld = Math.min(SALES_PER_WORLD, sales - number * SALES_PER_WORLD);
  console.log(`  again, with its story: ${replayCommand({ seed, number, sales: inWorld })}`);
}

async function replay(number: number): Promise<void> {
  const result = await playNumbered({ seed, number, sales, trace: true, inFolder });
  sold = result.sales;
  deaths = result.deaths;
  wrong = result.problems.length;
  report(result);
  for (const line of result.story) console.log(line);
}

function report({ problems }: WorldResult): void {
  for (const { about, what } of problems.slice(0, 5)) console.log(`WRONG ${about}: ${what}`);
}

function wholeNumber(name: string, text: string): number {
  const value = Number(text);
  if (text === '' || !Number.isSafeInteger(value) || value < 0)
    throw new TypeError(`--${name} is not a number: ${text}`);
  return value;
}
