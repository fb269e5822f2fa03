import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { takeBackup } from '../../src/main/backup/take-backup.ts';
import { LedgerError } from '../../src/main/ledger/errors.ts';
import { LEDGER_FILE } from '../../src/main/ledger/open-ledger.ts';
import { memoryStore } from '../../src/simulator/ledger/event-file.ts';
import { createLedger } from '../../src/simulator/ledger/ledger.ts';
import { createService } from '../../src/simulator/service.ts';
import { createCashier } from './cashier.ts';
import { createChance } from './chance.ts';
import { createInspector, type Problem } from './inspector.ts';
import { createLife, type Life, ProcessDeath } from './life.ts';
import { createLine } from './line.ts';
import { createManager } from './manager.ts';
import { createPrintedCode } from './printed-code.ts';
import { createStory } from './story.ts';
import { createTally } from './tally.ts';
import type { Tampering } from './tampering.ts';
import { SHOP, type SimulatedTerminal, startTerminal } from './terminal.ts';
import { VirtualTime } from './virtual-time.ts';
import { createSky, ROUGH, type Weather } from './weather.ts';

export interface WorldOptions {
  readonly seed: number;
  readonly sales: number;
  readonly weather?: Weather;
  readonly tampering?: Tampering;
  /** Whether the ledger is verified row by row at the end, which costs a tenth of the whole. */
  readonly verify?: boolean;
  /** Keeps what happened on the wire, to tell it. */
  readonly trace?: boolean;
  /** Where its ledgers are for as long as it lasts: in memory, where that can be had, when left out. */
  readonly inFolder?: string;
}

export interface WorldResult {
  readonly seed: number;
  readonly sales: number;
  readonly deaths: number;
  readonly problems: readonly Problem[];
  /** What led to the first problem that is one payment's; only when traced. */
  readonly story: readonly string[];
  /** The journal's last hash: two runs of one seed end with the same. */
  readonly head: string;
}

/** 2026-01-02 10:05:11 in Beijing. */
const MORNING = Date.UTC(2026, 0, 2, 2, 5, 11);
const HOUR_MS = 3_600_000;
/** After the line has come back, every payment has to be final within this. */
export const HEALING_MS = 15 * 60_000;
/** And every refund within this: one that takes long at the gateway is looked at every two hours. */
export const REFUND_HEALING_MS = 3 * HOUR_MS;
/** A simulated day that has not come to its end after this is stuck. */
const LONGEST_MS = 60 * 24 * HOUR_MS;
/** Where a wall clock is set: right, a little off, off by hours, off by a day. */
const WALL_AHEAD_MS = [0, 60_000, -5_000, 3 * HOUR_MS, -3 * HOUR_MS, 24 * HOUR_MS, -24 * HOUR_MS];
const BALANCE_EVERY_SALES = 50;
/** Each is read back from end to end, which takes as long as some dozen sales. */
const BACKUPS_PER_SALE = 0.0005;
const FILES = [LEDGER_FILE, `${LEDGER_FILE}-wal`, 'code-hash.key', 'saoma.log'];

/** Sells in one world until the sales are made, heals it, waits, and tells what was wrong. The same seed, the same world. */
export async function playWorld(options: WorldOptions): Promise<WorldResult> {
  const folder = mkdtempSync(join(options.inFolder ?? ramDisk(), 'saoma-simulation-'));
  try {
    return await play(options, folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function play(options: WorldOptions, folder: string): Promise<WorldResult> {
  const { seed, sales: salesWanted, weather = ROUGH, tampering = {}, verify = true, trace = false } = options;
  const time = new VirtualTime(MORNING);
  const sky = createSky(seed, weather);
  const chance = createChance(seed, 'world');
  const truth = createLedger(memoryStore());
  const service = createService(truth, {
    clock: time,
    random: createChance(seed, 'gateway').next,
    faults: sky.plan,
  });
  const printedCode = createPrintedCode({ truth, now: time.now, chance: createChance(seed, 'printed code') });
  const cashier = createCashier({ chance: createChance(seed, 'cashier'), sky, printedCode });
  const tally = createTally();
  const managerChance = createChance(seed, 'manager');
  const manager = createManager({ chance: managerChance, tally, printedCode, onRejection });
  const around = { truth, service, now: time.now, tally, printedCode, wishes: manager.wishes };
  const inspector = createInspector({ ...around, ...cashier });
  const story = createStory(trace, time.now, MORNING);
  const partChance = createChance(seed, 'parts');
  const deathChance = createChance(seed, 'death');

  let dataDir = join(folder, 'life-0');
  let terminal: SimulatedTerminal | undefined;
  let lives = 0;
  let salesMade = 0;
  /** Of the newest sale in the books. */
  let sequence = 0;
  let wallAheadMs = 0;

  const backupDir = join(folder, 'backups');
  mkdirSync(dataDir);
  mkdirSync(backupDir);
  writeFileSync(join(dataDir, 'code-hash.key'), Buffer.alloc(32, String(seed)));

  function newLife(): Life {
    const life = createLife({ chance: deathChance, sky, onDeath: (where) => bury(where) });
    return life;
  }

  /** Exactly what is in the files at this moment is what the next life finds: a death closes and checkpoints nothing. */
  function bury(where: string): void {
    story.note('', () => `the process dies ${where}`);
    const dead = terminal;
    terminal = undefined;
    lives++;
    const nextDir = join(folder, `life-${lives}`);
    mkdirSync(nextDir);
    for (const file of FILES) {
      if (existsSync(join(dataDir, file))) copyFileSync(join(dataDir, file), join(nextDir, file));
    }
    const deadDir = dataDir;
    dataDir = nextDir;
    if (weather.clockJump > 0 && chance.happens(weather.clockJump)) setWall();
    // The dead may still be in the middle of a statement: its files go when it has come to its end.
    time.after(1, () => {
      dead?.ledger.close();
      rmSync(deadDir, { recursive: true, force: true });
    });
    time.after(chance.happens(0.1) ? chance.between(60_000, HOUR_MS) : chance.between(500, 30_000), start);
  }

  function setWall(): void {
    wallAheadMs = chance.pick(WALL_AHEAD_MS);
    story.note('', () => `somebody sets the wall clock ${wallAheadMs / 1000} s ahead`);
  }

  /** By the means of production, and so checked from end to end; it shows the books as they are at this moment. */
  function backUp(): void {
    const order = { dataDir, folder: backupDir, at: time.now() };
    time.hold(
      takeBackup(order).then(
        () => undefined,
        (error: unknown) => inspector.fault('the backup', error),
      ),
    );
  }

  function start(): void {
    const life = newLife();
    story.note('', () => `the process starts, its clock ${wallAheadMs / 1000} s ahead`);
    try {
      terminal = startTerminal({
        dataDir,
        life,
        time,
        wallAheadMs: () => wallAheadMs,
        chance: partChance,
        sky,
        openLine: (onLine) => createLine({ service, time, chance: partChance, sky, life, onLine, onWire: story.note }),
        onCommit(entries) {
          tally.note(entries);
          for (const entry of entries) if (entry.kind === 'sale.opened') sequence = entry.payload.sequence;
        },
        tampering,
        onPaper: inspector.paper,
        onPayment: inspector.payment,
        onFault: inspector.fault,
      });
      inspector.balance(terminal.ledger);
    } catch (error) {
      if (error instanceof ProcessDeath) return;
      if (!(error instanceof LedgerError)) inspector.fault('the start', error);
      life.die('as it starts');
    }
  }

  function sell(): void {
    const pause = terminal ? actAtTill(terminal) : 1_000;
    // Who sees that nothing goes through takes more time: hours without a line are not hours of full trade.
    if (!isOver()) time.after(sky.outage === 'none' ? pause : pause * 10, sell);
  }

  /** The first problem ends the day: its story is then the newest, and nothing else hides it. */
  function isOver(): boolean {
    return salesMade >= salesWanted || inspector.problems().length > 0;
  }

  function actAtTill({ till, office }: SimulatedTerminal): number {
    try {
      const pause = cashier.act(till);
      const present = office();
      if (present && managerChance.happens(weather.manager)) manager.act(present);
      count();
      return pause;
    } catch (error) {
      onRejection(error);
      return 1_000;
    }
  }

  function onRejection(error: unknown): void {
    if (!(error instanceof ProcessDeath)) inspector.fault('the till', error);
  }

  function count(): void {
    if (sequence <= salesMade) return;
    salesMade = sequence;
    if (terminal && salesMade % BALANCE_EVERY_SALES === 0) inspector.balance(terminal.ledger);
    if (sky.outage === 'none' && chance.happens(weather.outage)) {
      sky.outage = chance.pick(['refused', 'silent'] as const);
      const hours = chance.happens(0.05);
      time.after(hours ? chance.between(HOUR_MS, 6 * HOUR_MS) : chance.between(5_000, 180_000), () => {
        sky.outage = 'none';
      });
    }
    if (chance.happens(weather.clockSet)) time.after(chance.between(0, 2_000), setWall);
    if (terminal && chance.happens(BACKUPS_PER_SALE)) backUp();
    if (chance.happens(weather.fullDisk)) {
      sky.diskFull = true;
      time.after(chance.between(1_000, 120_000), () => {
        sky.diskFull = false;
      });
    }
  }

  start();
  sell();
  await time.play(MORNING + LONGEST_MS, isOver);
  if (!isOver()) inspector.fault('the day', `only ${salesMade} sales were made`);
  sky.heal();
  // A process that was dead just now is first started again.
  await time.play(time.now() + 2 * HOUR_MS, () => terminal !== undefined);
  await time.play(time.now() + HEALING_MS);
  const survivor = terminal as SimulatedTerminal | undefined;
  if (survivor) inspector.settled(survivor.ledger);
  await time.play(time.now() + REFUND_HEALING_MS - HEALING_MS);
  if (survivor) inspector.balance(survivor.ledger);
  const head = inspector.finish(dataDir, folder, verify);
  const problems = inspector.problems();
  const worst = problems.find(({ about }) => about.startsWith(SHOP.storeId)) ?? problems[0];
  const told = worst ? story.tell(worst, dataDir) : [];
  survivor?.ledger.close();
  return { seed, sales: salesMade, deaths: lives, problems, story: told, head };
}

/** A folder in memory where there is one: the commits stay whole commits, and no disk is worn out. */
export function ramDisk(): string {
  return existsSync('/dev/shm') ? '/dev/shm' : tmpdir();
}
