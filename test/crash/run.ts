import { parseArgs } from 'node:util';
import { openCrashShop } from './support/crash-shop.ts';
import { playRound } from './support/play-round.ts';
import { BLOWS, DISK_BLOWS, planRounds } from './support/round.ts';
import { mountSmallDisk } from './support/small-disk.ts';

/*
 * npm run crash [-- --rounds 300] [-- --seed S] [-- --still-ms 3000] [-- --from N]: the long run of kill.test.ts. The
 * last line is JSON; the exit status is 1 when anything was wrong. `--still-ms 60000` lets processes stand still for up
 * to a minute. Everything happens on 127.0.0.1 and in a temporary folder.
 */

/** Room for the books of thousands of rounds, and soon full. */
const DISK_MB = 64;

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '300' },
    seed: { type: 'string', default: String(Date.now() % 2 ** 32) },
    'still-ms': { type: 'string', default: '3000' },
    from: { type: 'string', default: '1' },
  },
});
const [rounds, seed, stillMs, from] = [values.rounds, values.seed, values['still-ms'], values.from].map(whole) as [
  number,
  number,
  number,
  number,
];
const replay = `npm run crash -- --rounds ${rounds} --seed ${seed} --still-ms ${stillMs}`;
console.log(replay);

let wrong = 0;
let played = 0;
{
  using disk = mountSmallDisk(DISK_MB);
  if (!disk) console.log('No disk is filled up: only root can mount one.');
  await using shop = await openCrashShop(disk);
  const blows = disk ? [...BLOWS, ...DISK_BLOWS, ...DISK_BLOWS] : BLOWS;
  for (const round of planRounds({ rounds, seed, stillMs, blows }).slice(from - 1)) {
    const problems = await playRound(shop, round).catch((error: unknown) => [String(error)]);
    played++;
    const { blow, customer, afterMs, lastsMs } = round;
    console.log(
      `${round.round} ${problems.length === 0 ? 'ok' : 'WRONG'}: ${blow} ${afterMs} ms after the scan of "${customer}", ${lastsMs} ms`,
    );
    if (problems.length === 0) continue;
    wrong++;
    for (const problem of problems) console.log(`  ${problem}`);
    // The books of one folder are compared whole each time, so what is wrong once stays wrong.
    console.log(`  again: ${replay} --from ${round.round}`);
    break;
  }
}
console.log(JSON.stringify({ rounds: played, wrong, seed }));
process.exitCode = wrong === 0 ? 0 : 1;

function whole(text: string): number {
  if (!/^\d{1,10}$/.test(text)) throw new RangeError(`${JSON.stringify(text)} is no whole number`);
  return Number(text);
}
