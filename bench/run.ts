import { billDownload } from './bill.ts';
import { drain } from './drain.ts';
import { engineAgainstPeer } from './engine-call.ts';
import { exchangeAgainstPeers } from './exchange.ts';
import type { Figure } from './figures.ts';
import { durableWriteFloor } from './floors.ts';
import { memoryGrowth } from './memory.ts';
import { recovery } from './recovery.ts';
import { saleLatency } from './sale-latency.ts';
import { screenLatency } from './screen.ts';
import { startToScannerReady } from './start-up.ts';

/*
 * npm run bench [-- --json] [-- --quick]: what the terminal costs, beside a peer or a floor measured in the same run.
 * Everything happens on 127.0.0.1 and stops by itself.
 */

const json = process.argv.includes('--json');
const scale = process.argv.includes('--quick') ? 0.1 : 1;
const times = (count: number) => Math.max(5, Math.round(count * scale));

const figures: Figure[] = [];
function report(more: readonly Figure[]): void {
  figures.push(...more);
  if (json) return;
  for (const { name, p50, p99, runs, target } of more) {
    console.log(
      `${name.padEnd(34)} p50 ${cell(p50)} ms   p99 ${cell(p99)} ms   (${runs} runs${target ? `, aim ${target}` : ''})`,
    );
  }
}

function say(name: string, value: number, unit: string, target?: string): void {
  if (!json) console.log(`${name.padEnd(34)} ${value} ${unit}${target ? `   (aim ${target} ${unit})` : ''}`);
}

report([durableWriteFloor(times(300))]);
report(await saleLatency(times(500)));
const { figures: calls, ratio } = await engineAgainstPeer(times(300));
report(calls);
say('our whole call / bare peer call', ratio, '×', '≤ 1.5');
const exchange = await exchangeAgainstPeers(times(2_000));
report(exchange.figures);
say('our exchange / the faster peer’s', exchange.ratio, '×', '≤ 1');
report(await startToScannerReady(times(20)));
report(await recovery(100_000 * scale, 1_000 * scale, 5));
report(await screenLatency(times(10), times(60)));
const drained = await drain(10_000 * scale);
report(drained.figures);
say('tasks drained', drained.tasksPerSecond, 'a second', '≥ 300');
say('a sale during the drain / idle, p99', drained.saleDuringToIdle, '×', '≤ 2');
const memory = await memoryGrowth(100_000 * scale);
for (const { sales, heldMiB, rssMiB } of memory) {
  say(`memory kept after ${sales} sales`, heldMiB, 'MiB', '< 20');
  say('  the whole process, page cache and all', rssMiB, 'MiB');
}
const bill = await billDownload(1_000_000 * scale, scale === 1 ? 3 : 1);
report(bill.figures);
say('the bill / its floor', bill.ratio, '×');
say('the bill’s memory above start', bill.aboveMb, 'MB', '≤ 100');

const { tasksPerSecond, saleDuringToIdle } = drained;
console.log(
  JSON.stringify({
    figures,
    engineToPeerRatio: ratio,
    exchangeToPeerRatio: exchange.ratio,
    tasksPerSecond,
    saleDuringToIdle,
    memory,
    billToFloorRatio: bill.ratio,
    billAboveMb: bill.aboveMb,
  }),
);

function cell(value: number): string {
  return value.toFixed(2).padStart(8);
}
