import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seededRandom } from '../../../src/core/random.ts';
import { tear, tearHeader, withNoiseBehind } from '../../fixtures/disk-writes.ts';
import { temporaryFolder } from '../../fixtures/ledger.ts';
import {
  beginsWal,
  frameEnds,
  headerOf,
  pageEnds,
  type Recording,
  recordLedger,
  reopen,
  type Step,
} from '../../fixtures/recorded-ledger.ts';

/*
 * The power goes while the ledger writes. better-sqlite3 takes no file system of ours, so what a real ledger writes is
 * recorded instead: the database and its WAL after each durable commit and each checkpoint. The difference of two
 * recordings is what was under way between two fsyncs; it is replayed in parts, and the ledger is opened on what is
 * left. A commit goes to the WAL alone, a checkpoint to the database alone while the whole WAL is still there.
 */

const SEED = Number(process.env.SAOMA_TORN_SEED ?? 20260102);
const SALES = 10;
const CHECKPOINT_EVERY = 3;
/** Crash points of each seeded kind, per commit. */
const TIMES = 2;
const TIMEOUT_MS = 300_000;

let folder: ReturnType<typeof temporaryFolder>;
let recording: Recording;
beforeAll(() => {
  folder = temporaryFolder();
  recording = recordLedger(join(folder.path, 'recorded'), SALES, CHECKPOINT_EVERY);
});
afterAll(() => folder.remove());

describe(`a ledger whose power goes while it writes (seed ${SEED})`, () => {
  const random = seededRandom(SEED);
  const steps = (kind: Step['kind']) => recording.steps.filter((step) => step.kind === kind);

  it('has been recorded: commits that go on in the WAL, commits that begin it again, and checkpoints', () => {
    expect(steps('commit')).toHaveLength(SALES * 2);
    expect(steps('commit').filter(beginsWal).length).toBeGreaterThan(1);
    expect(steps('checkpoint').length).toBeGreaterThan(1);
    // What the replay rests on: a commit leaves the database alone, a checkpoint the WAL.
    expect(steps('commit').every(({ before, after }) => after.db.equals(before.db))).toBe(true);
    expect(steps('checkpoint').every(({ before, after }) => after.wal.equals(before.wal))).toBe(true);
  });

  it(
    'has every commit that was reported durable, whatever has become of the one under way',
    () => {
      let points = 0;
      for (const step of steps('commit')) {
        for (const { name, bytes } of tornCommits(step, random)) {
          const found = reopen({ db: step.before.db, wal: bytes }, recording.hashes);
          expect([step.rowsBefore, step.rowsAfter], `commit to row ${step.rowsAfter}, ${name}`).toContain(found);
          points++;
        }
      }
      console.log(`${points} crash points in commits`);
      expect(points).toBeGreaterThan(300);
    },
    TIMEOUT_MS,
  );

  it(
    'loses nothing to a checkpoint that is cut short',
    () => {
      let points = 0;
      for (const { before, after, rowsAfter } of steps('checkpoint')) {
        const boundaries = pageEnds(after.db);
        for (const { name, bytes } of tear(before.db, after.db, { random, boundaries, times: TIMES * 5 })) {
          const found = reopen({ db: bytes, wal: after.wal }, recording.hashes);
          expect(found, `checkpoint at row ${rowsAfter}, ${name}`).toBe(rowsAfter);
          points++;
        }
      }
      console.log(`${points} crash points in checkpoints`);
      expect(points).toBeGreaterThan(50);
    },
    TIMEOUT_MS,
  );

  it(
    'has a commit as soon as all of it is there, and not before; noise behind it changes nothing',
    () => {
      for (const { kind, before, after, rowsBefore, rowsAfter } of recording.steps) {
        expect(reopen(before, recording.hashes), `before the ${kind} to row ${rowsAfter}`).toBe(rowsBefore);
        expect(reopen(after, recording.hashes), `after the ${kind} to row ${rowsAfter}`).toBe(rowsAfter);
        const noisy = { db: after.db, wal: withNoiseBehind(after.wal, 5_000, random) };
        expect(reopen(noisy, recording.hashes), `noise behind row ${rowsAfter}`).toBe(rowsAfter);
      }
    },
    TIMEOUT_MS,
  );
});

/**
 * SQLite begins a WAL again with its header and an fsync, and only then writes frames over the old ones: an old header
 * would vouch for old frames, and bring back pages that are older than the database's. So there are two things that can
 * be cut short, one after the other.
 */
function tornCommits(step: Step, random: () => number) {
  const { before, after } = step;
  const options = { random, boundaries: frameEnds(after.wal), times: TIMES };
  if (!beginsWal(step)) return tear(before.wal, after.wal, options);
  const header = headerOf(after.wal);
  const headed = Buffer.concat([header, before.wal.subarray(header.length)]);
  return [...tearHeader(before.wal, header), ...tear(headed, after.wal, options)];
}
