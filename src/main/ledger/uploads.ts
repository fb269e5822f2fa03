import type { Database } from 'better-sqlite3';
import type { Upload } from '../../core/upload.ts';
import { complaint } from '../../core/upload-answer.ts';

/** Where the reports to the back office stand. */
export interface UploadDesk {
  readonly collecting: boolean;
  /** What was certain before is not reported; epoch milliseconds. */
  readonly fromAt: number;
  /** On their way, or to be tried again. */
  readonly waiting: number;
  /** Refused by the back office: they wait for a person. */
  readonly refused: number;
  /** When the oldest that waits became certain. */
  readonly oldestAt?: number;
  /** What kept that one from being delivered the last time. */
  readonly lastError?: string;
}

interface DeskDbRow {
  readonly collecting: number;
  readonly from_at: number;
  readonly waiting: number;
  readonly refused: number;
  readonly oldest: string | null;
}

/** What the sender and the queue ask of the reports. However many wait, each reads only the beginning of an index. */
export function createUploadQueries(db: Database) {
  const desk = db.prepare<[], DeskDbRow>(
    `SELECT collecting, from_at, waiting, refused,
       (SELECT data FROM upload WHERE state = 'open' ORDER BY seq LIMIT 1) AS oldest
     FROM upload_desk`,
  );
  const byId = db.prepare<[string], string>('SELECT data FROM upload WHERE id = ?').pluck();
  const inTurn = db.prepare<[string], number>('SELECT turn FROM upload WHERE id = ?').pluck();
  const next = db
    .prepare<[number], string>(
      `SELECT data FROM upload WHERE state = 'open' AND turn = 1 ORDER BY next_at, seq LIMIT ?`,
    )
    .pluck();
  const refusedAfter = db
    .prepare<[number], string>(`SELECT data FROM upload WHERE state = 'human' AND seq > ? ORDER BY seq LIMIT 1`)
    .pluck();

  return {
    /** Undefined when no report has ever been asked for. */
    uploadDesk(): UploadDesk | undefined {
      const row = desk.get();
      if (row === undefined) return undefined;
      const oldest = uploadFrom(row.oldest ?? undefined);
      const lastError = oldest?.lastAnswer && complaint(oldest.lastAnswer);
      return {
        collecting: row.collecting === 1,
        fromAt: row.from_at,
        waiting: row.waiting,
        refused: row.refused,
        ...(oldest === undefined ? {} : { oldestAt: oldest.at }),
        ...(lastError === undefined ? {} : { lastError }),
      };
    },
    /** Undefined also when it has arrived: its task says so. */
    upload(id: string): Upload | undefined {
      return uploadFrom(byId.get(id));
    },
    /** Whether everything before it in its lane is over. */
    isUploadInTurn(id: string): boolean {
      return inTurn.get(id) === 1;
    },
    /** Those whose turn it is, the one that is due first at the top. */
    uploadsNext(limit: number): Upload[] {
      return next.all(limit).map((data) => JSON.parse(data) as Upload);
    },
    /** The first that was refused and tells of a later row than this. */
    uploadRefusedAfter(seq: number): Upload | undefined {
      return uploadFrom(refusedAfter.get(seq));
    },
  };
}

function uploadFrom(data: string | undefined): Upload | undefined {
  return data === undefined ? undefined : (JSON.parse(data) as Upload);
}
