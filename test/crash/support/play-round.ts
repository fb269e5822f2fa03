import { freshCode } from '../../../src/simulator/behaviour/codes.ts';
import { scenarioById } from '../../../src/simulator/behaviour/scenarios.ts';
import type { Violation } from '../../../src/simulator/desk.ts';
import { compareBooks } from '../../fixtures/books.ts';
import { within } from '../../fixtures/eventually.ts';
import type { SaomaProcess } from '../../fixtures/saoma-process.ts';
import type { CrashShop } from './crash-shop.ts';
import { comparePaper } from './paper.ts';
import { resolveEverything } from './resolve-everything.ts';
import type { Round } from './round.ts';
import { ordersOnFile } from './simulator-orders.ts';

const READY_MS = 60_000;
/** A till that lived on gets this long to end its sale by itself; then it is killed like the others. */
const PATIENCE_MS = 20_000;

/**
 * One sale, one blow, one recovery: then all books are compared, those of earlier rounds included.
 *
 * @returns what is wrong; nothing is what everybody wants.
 */
export async function playRound(shop: CrashShop, round: Round): Promise<string[]> {
  const problems: string[] = [];
  {
    await using till = await shop.startTill();
    await within(
      till.event(({ event }) => event === 'ready'),
      READY_MS,
      'a till that waits for the scan',
    );
    await shop.scanner.write(`${codeOf(round)}\r`);
    await pause(round.afterMs);
    await strike(shop, till, round);
    problems.push(...compareBooks(shop.dataDir, booksOf(shop), { settled: false }));
    await within(sayItsLast(till), PATIENCE_MS, 'the end of the sale').catch(() => undefined);
  }
  await resolveEverything(shop);
  problems.push(...compareBooks(shop.dataDir, booksOf(shop)), ...comparePaper(shop.dataDir, shop.paperDir));
  problems.push(...(await brokenRules(shop, round)));
  return problems;
}

/** Deals the blow and heals what can be healed without the till's next start. */
async function strike({ simulator, printer, disk }: CrashShop, till: SaomaProcess, round: Round): Promise<void> {
  const { blow, lastsMs } = round;
  switch (blow) {
    case 'the till is killed':
      await till.kill('SIGKILL');
      return;
    case 'the simulator is killed':
      await simulator.kill();
      await pause(lastsMs);
      await simulator.revive();
      return;
    case 'the printer is killed':
      await printer.kill();
      await pause(lastsMs);
      await printer.revive();
      return;
    case 'everything is killed':
      await Promise.all([till.kill('SIGKILL'), simulator.kill(), printer.kill()]);
      await Promise.all([simulator.revive(), printer.revive()]);
      return;
    case 'the till stands still':
      till.signal('SIGSTOP');
      await pause(lastsMs);
      till.signal('SIGCONT');
      return;
    case 'the simulator stands still':
      simulator.freeze();
      await pause(lastsMs);
      simulator.thaw();
      return;
    case 'the disk is full':
      disk?.fill();
      await pause(lastsMs);
      disk?.free();
      return;
    case 'the disk is full and the till is killed':
      disk?.fill();
      await pause(lastsMs);
      await till.kill('SIGKILL');
      disk?.free();
      return;
  }
}

/** Its end, or a word that the scan did nothing: it then waits for another, which nobody will make. */
async function sayItsLast(till: SaomaProcess): Promise<void> {
  await Promise.race([till.exited, till.event(({ event }) => event === 'notice').catch(() => undefined)]);
}

/**
 * What the till did that the gateway's rules forbid. A simulator that stood still finds the pay call and the reversal
 * that followed it long after side by side, and takes the reversal for early: that is not the till's doing.
 */
async function brokenRules({ simulator, heardLate }: CrashShop, { blow }: Round): Promise<string[]> {
  const { violations } = (await simulator.ask('violations')) as { violations: readonly Violation[] };
  const early = violations.filter(({ kind }) => kind === 'EARLY_REVERSE');
  if (blow === 'the simulator stands still') for (const { outTradeNo } of early) heardLate.add(outTradeNo);
  return violations
    .filter(({ kind, outTradeNo }) => kind !== 'EARLY_REVERSE' || !heardLate.has(outTradeNo))
    .map((violation) => `against the gateway's rules: ${JSON.stringify(violation)}`);
}

function booksOf(shop: CrashShop) {
  return { orders: () => ordersOnFile(shop.simulatorDir) };
}

/** A code whose customer is the round's, and which no other has. */
function codeOf({ round, customer }: Round): string {
  const scenario = scenarioById(customer);
  if (!scenario) throw new RangeError(`There is no customer "${customer}"`);
  const digits = String(round).padStart(12, '0');
  let at = 0;
  return freshCode(scenario, () => (Number(digits[at++]) + 0.5) / 10);
}

/** The moment and the length of a blow are the point of all this: they have to fall anywhere, so they cannot be events. */
function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
