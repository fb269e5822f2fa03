import { billDownload } from './bill.ts';
import { engineAgainstPeer } from './engine-call.ts';
import type { Figure } from './figures.ts';
import { durableWriteFloor } from './floors.ts';
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

report([durableWriteFloor(times(300))]);
report(await saleLatency(times(500)));
const { figures: calls, ratio } = await engineAgainstPeer(times(300));
report(calls);
if (!json) console.log(`${'our whole call / bare peer call'.padEnd(34)} ${ratio} ×   (aim ≤ 1.5 ×)`);
report(await startToScannerReady(times(20)));
report(await recovery(100_000 * scale, 1_000 * scale, 5));
report(await screenLatency(times(10), times(60)));
const bill = await billDownload(1_000_000 * scale, scale === 1 ? 3 : 1);
report(bill.figures);
if (!json) {
  console.log(`${'the bill / its floor'.padEnd(34)} ${bill.ratio} ×`);
  console.log(`${'the bill’s memory above start'.padEnd(34)} ${bill.aboveMb} MB   (aim ≤ 100 MB)`);
}

console.log(
  JSON.stringify({ figures, engineToPeerRatio: ratio, billToFloorRatio: bill.ratio, billAboveMb: bill.aboveMb }),
);

function cell(value: number): string {
  return value.toFixed(2).padStart(8);
}
