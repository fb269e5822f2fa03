import { Worker } from 'node:worker_threads';
import type { CaseRef, Finding } from './play.ts';

/** What one worker has to do. `until` is in milliseconds from its start. */
export interface Shard {
  /** Exports SUBJECTS. */
  readonly module: string;
  readonly names: readonly string[];
  readonly seed: number;
  readonly from: number;
  readonly to: number;
  readonly until?: number | undefined;
  /** With so many there is enough to look into, and the rest is more of the same. */
  readonly findingsMax: number;
  /** Three numbers: which subject, which input, how many so far. */
  readonly at: SharedArrayBuffer;
}

export type WorkerNews = { readonly kind: 'finding'; readonly finding: Finding } | { readonly kind: 'end' };

export interface CampaignOptions {
  readonly names: readonly string[];
  readonly seed: number;
  /** So many inputs for each subject, or as many as there is time for. */
  readonly inputs?: number;
  readonly seconds?: number;
  readonly module?: string;
  /** An input that is not done after this long is given up; far longer than INPUT_MAX_MS, which is measured. */
  readonly hangMs?: number;
  readonly onFinding?: (finding: Finding) => void;
}

export interface CampaignResult {
  readonly inputs: number;
  readonly findings: readonly Finding[];
}

const OUR_SUBJECTS = new URL('./subjects/index.ts', import.meta.url).href;
/** Of JavaScript heap: whatever an input is, reading it takes a small part of this. */
const HEAP_MAX_MB = 192;
const FINDINGS_MAX = 20;
const WATCH_EVERY_MS = 250;

/**
 * Plays inputs in a worker that can be ended from outside: one that hangs, dies or fills its memory is a finding too,
 * and the campaign goes on behind that input.
 */
export async function runCampaign(options: CampaignOptions): Promise<CampaignResult> {
  const { inputs: to = Number.MAX_SAFE_INTEGER, seconds, onFinding } = options;
  const endAt = seconds === undefined ? undefined : performance.now() + seconds * 1_000;
  const findings: Finding[] = [];
  const note = (finding: Finding) => {
    findings.push(finding);
    onFinding?.(finding);
  };
  let inputs = 0;
  let from = 0;
  while (findings.length < FINDINGS_MAX) {
    const until = endAt === undefined ? undefined : endAt - performance.now();
    const { played, brokeAt } = await playShard(
      options,
      { from, to, until, findingsMax: FINDINGS_MAX - findings.length },
      note,
    );
    inputs += played;
    if (brokeAt === undefined) break;
    from = brokeAt + 1;
  }
  return { inputs, findings };
}

/** The command that plays one input again, and shows it. */
export function replayCommand({ subject, seed, number }: CaseRef): string {
  return `npm run fuzz -- --subject ${subject} --seed ${seed} --input ${number}`;
}

function playShard(
  { module = OUR_SUBJECTS, names, seed, hangMs = 30_000 }: CampaignOptions,
  span: Pick<Shard, 'from' | 'to' | 'until' | 'findingsMax'>,
  note: (finding: Finding) => void,
): Promise<{ readonly played: number; readonly brokeAt: number | undefined }> {
  const at = new SharedArrayBuffer(3 * Int32Array.BYTES_PER_ELEMENT);
  const progress = new Int32Array(at);
  const worker = new Worker(new URL('./worker.ts', import.meta.url), {
    workerData: { ...span, module, names, seed, at } satisfies Shard,
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MAX_MB },
    execArgv: [],
  });
  const atWork = (): CaseRef => ({ subject: names[progress[0] ?? 0] ?? '', seed, number: progress[1] ?? 0 });

  return new Promise((resolve) => {
    let isWhole = false;
    let problem: string | undefined;
    let seen = 0;
    let seenAt = performance.now();
    const watch = setInterval(() => {
      const played = Atomics.load(progress, 2);
      if (played !== seen) [seen, seenAt] = [played, performance.now()];
      else if (played > 0 && performance.now() - seenAt > hangMs) {
        problem = `was not read after ${hangMs} ms`;
        void worker.terminate();
      }
    }, WATCH_EVERY_MS);
    worker.on('message', (news: WorkerNews) => {
      if (news.kind === 'finding') note(news.finding);
      else isWhole = true;
    });
    worker.on('error', (error: Error) => {
      problem ??= `ended the process: ${error.stack ?? error.message}`;
    });
    worker.once('exit', (code) => {
      clearInterval(watch);
      if (!isWhole) note({ ...atWork(), problem: problem ?? `ended the process with ${code}` });
      const played = Atomics.load(progress, 2);
      // A worker that did not even begin would not do better a second time.
      resolve({ played, brokeAt: isWhole || played === 0 ? undefined : atWork().number });
    });
  });
}
