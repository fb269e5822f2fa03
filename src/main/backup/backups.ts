import { readdir } from 'node:fs/promises';
import type { Clock } from '../../core/time.ts';
import { troubleOf } from '../trouble.ts';
import type { TroubleCode } from '../trouble-texts.ts';
import { backupsOf } from './backup-name.ts';
import type { BackupTaken } from './take-backup.ts';

/** What can be said of the backups at a glance. Times in epoch milliseconds. */
export interface BackupState {
  readonly word: 'none' | 'ok' | 'failed';
  readonly folder: string;
  /** The newest backup that is there, also from an earlier run. */
  readonly lastAt?: number;
  /** Why the latest try failed; absent when it did not. Its three lines are in trouble-texts.ts. */
  readonly lastError?: { readonly code: TroubleCode; readonly detail: string; readonly at: number };
}

export interface BackupsOptions {
  readonly owner: { readonly storeId: string; readonly terminalId: string };
  readonly folder: string;
  /** 0: only when asked. */
  readonly everyHours: number;
  readonly clock: Clock;
  /** @throws anything; nothing of it reaches a sale. */
  readonly take: (at: number, signal: AbortSignal) => Promise<BackupTaken>;
  readonly onChange: (state: BackupState) => void;
}

export type Backups = ReturnType<typeof createBackups>;

const HOUR_MS = 3_600_000;
/** The first sale of a morning has the disk for itself. */
const FIRST_NOT_BEFORE_MS = 60_000;
/** A drive that was plugged in again should not have to wait for a day. */
const RETRY_MS = 600_000;

/** Backups while a till is open: on a schedule that outlives restarts, and when asked. A failed one is only told. */
export function createBackups({ owner, folder, everyHours, clock, take, onChange }: BackupsOptions) {
  const stopping = new AbortController();
  let state: BackupState = { word: 'none', folder };
  let running: Promise<BackupState> | undefined;

  async function attempt(): Promise<BackupState> {
    const at = Math.round(clock.now());
    try {
      await take(at, stopping.signal);
      state = { word: 'ok', folder, lastAt: at };
    } catch (error) {
      // A till that closes has cut it short, and the next run makes up for it.
      if (stopping.signal.aborted) return state;
      const { code, detail } = troubleOf(error);
      state = { ...state, word: 'failed', lastError: { code, detail, at } };
    }
    onChange(state);
    return state;
  }

  function now(): Promise<BackupState> {
    if (stopping.signal.aborted) return Promise.resolve(state);
    running ??= attempt().finally(() => {
      running = undefined;
    });
    return running;
  }

  async function keepUp(): Promise<void> {
    const startedAt = clock.now();
    const newest = await newestBackupAt();
    if (newest !== undefined && state.lastAt === undefined) state = { ...state, word: 'ok', lastAt: newest };
    if (everyHours === 0) return;
    const everyMs = everyHours * HOUR_MS;
    // A time in the future is a clock that was set back: waiting for it could take years.
    const last = newest === undefined || newest > startedAt ? startedAt - everyMs : newest;
    let waitMs = Math.max(last + everyMs - startedAt, Math.min(FIRST_NOT_BEFORE_MS, everyMs));
    while (!stopping.signal.aborted) {
      await clock.sleep(waitMs, stopping.signal);
      if (stopping.signal.aborted) return;
      const { lastError } = await now();
      waitMs = lastError === undefined ? everyMs : Math.min(RETRY_MS, everyMs);
    }
  }

  async function newestBackupAt(): Promise<number | undefined> {
    // A folder that is not there is told when a backup is due.
    const files = await readdir(folder).catch(() => []);
    return backupsOf(owner, files)[0]?.takenAt;
  }

  const kept = keepUp();

  return {
    state: (): BackupState => state,
    /** Takes one at once, or joins the one under way. Never rejects: the state says what became of it. */
    now,
    /** Cuts short what is under way; its half is never given a backup's name. */
    async stop(): Promise<void> {
      stopping.abort();
      await Promise.all([kept, running]);
    },
  };
}
