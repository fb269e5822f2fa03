import type { DeviceState } from '../../core/device-status.ts';
import type { Clock } from '../../core/time.ts';
import { faultOf } from '../transport/device-fault.ts';
import type { Link } from '../transport/link.ts';
import {
  ASK_OFFLINE,
  ASK_PAPER,
  createAnswerReader,
  MARKER,
  offlineTrouble,
  type PrinterAnswer,
  paperTrouble,
  type Trouble,
} from './printer-answers.ts';

export interface PrintTimings {
  /** How long a printer may refuse to take data before the job counts as stuck. */
  readonly takeMs: number;
  /** How long printing a receipt may take, until the marker behind it is answered. */
  readonly processMs: number;
  /** The same for a printer that has never answered: it may be of the kind that cannot, and nobody should wait for it. */
  readonly doubtMs: number;
  /** For the answer to a real-time question. */
  readonly answerMs: number;
}

export const PRINT_TIMINGS: PrintTimings = { takeMs: 10_000, processMs: 5_000, doubtMs: 1_000, answerMs: 700 };

export interface Problem {
  readonly state: DeviceState;
  readonly detail: string;
}

/** How a job ended, in the words of PrintOutcome. */
export type JobEnd =
  | { readonly result: 'printed' | 'sent' }
  | { readonly result: 'not-sent' | 'unknown'; readonly problem: Problem };

export interface TalkOptions {
  readonly timings: PrintTimings;
  readonly clock: Clock;
}

export interface JobOptions extends TalkOptions {
  /** It has answered markers before: silence is a bad sign, not its nature. */
  readonly canConfirm: boolean;
  /** Trouble was seen last time: ask before the first byte. Else the receipt leaves at once. */
  readonly askFirst: boolean;
  /** The printer complains while the job runs. It may still recover and finish. */
  readonly onTrouble: (trouble: Trouble) => void;
}

/** Sends one job and finds out, within bounds, what became of it. Never throws, and never sends anything twice. */
export async function runJob(link: Link, job: Uint8Array, options: JobOptions): Promise<JobEnd> {
  const talk = createTalk(link, options, options.onTrouble);
  if (options.askFirst && link.answers) {
    const problem = await talk.ask().catch(problemOf);
    if (problem) return { result: 'not-sent', problem };
  }
  const before = link.taken();
  try {
    await talk.send(job, options.timings.takeMs);
  } catch (error) {
    return { result: link.taken() === before ? 'not-sent' : 'unknown', problem: problemOf(error) };
  }
  if (!link.answers) return { result: 'sent' };
  return confirm(talk, options).catch((error): JobEnd => ({ result: 'unknown', problem: problemOf(error) }));
}

/** All bytes of the job are taken: has the printer processed them? */
async function confirm(talk: Talk, { timings, canConfirm }: JobOptions): Promise<JobEnd> {
  // By itself, behind the job: a USB printer has the job when the system takes the next bytes, and not before.
  const patience = canConfirm ? timings.processMs : timings.doubtMs;
  const answer = await talk.exchange(MARKER, 'marker', timings.takeMs, patience);
  if (answer === 'silence') {
    const trouble = await talk.ask();
    if (trouble) return { result: 'unknown', problem: trouble };
  } else if (answer !== 'hung up') {
    return answer.trouble ? { result: 'unknown', problem: answer.trouble } : { result: 'printed' };
  }
  if (!canConfirm) return { result: 'sent' };
  return { result: 'unknown', problem: { state: 'faulty', detail: 'the printer did not say that it has finished' } };
}

/** How is the printer, without a job? Never throws. */
export async function askPrinter(link: Link, options: TalkOptions): Promise<Problem | undefined> {
  return link.answers
    ? createTalk(link, options, () => undefined)
        .ask()
        .catch(problemOf)
    : undefined;
}

type Talk = ReturnType<typeof createTalk>;

function createTalk(link: Link, { timings, clock }: TalkOptions, onTrouble: (trouble: Trouble) => void) {
  const read = createAnswerReader();
  let awaited: { readonly to: PrinterAnswer['to']; readonly got: (answer: PrinterAnswer) => void } | undefined;
  link.listen((bytes) => {
    for (const answer of read(bytes)) {
      if (answer.to === 'nothing' && answer.trouble) onTrouble(answer.trouble);
      if (answer.to === awaited?.to) awaited.got(answer);
    }
  });

  async function send(bytes: Uint8Array, withinMs: number): Promise<void> {
    const late = new AbortController();
    const sent = new AbortController();
    void clock.sleep(withinMs, sent.signal).then(() => late.abort());
    try {
      await link.write(bytes, late.signal);
    } finally {
      sent.abort();
    }
  }

  /** Sends a question and waits for its answer. What the printer said before does not count. */
  async function exchange(
    question: Uint8Array,
    to: PrinterAnswer['to'],
    sendMs: number,
    answerMs: number,
  ): Promise<PrinterAnswer | 'silence' | 'hung up'> {
    const answered = Promise.withResolvers<PrinterAnswer>();
    awaited = { to, got: answered.resolve };
    await send(question, sendMs);
    const done = new AbortController();
    const silence = clock.sleep(answerMs, done.signal).then(() => 'silence' as const);
    const ended = link.ended.then((fault) => {
      if (fault) throw fault;
      return 'hung up' as const;
    });
    try {
      return await Promise.race([answered.promise, ended, silence]);
    } finally {
      done.abort();
    }
  }

  /** Asks the printer how it is. One that does not answer is taken to be well. */
  async function ask(): Promise<Trouble | undefined> {
    const { answerMs } = timings;
    const offline = await exchange(ASK_OFFLINE, 'question', answerMs, answerMs);
    if (typeof offline === 'string') return undefined;
    const trouble = offlineTrouble(offline.byte);
    if (trouble) return trouble;
    const paper = await exchange(ASK_PAPER, 'question', answerMs, answerMs);
    return typeof paper === 'string' ? undefined : paperTrouble(paper.byte);
  }

  return { send, exchange, ask };
}

function problemOf(error: unknown): Problem {
  const { state, message } = faultOf(error);
  return { state, detail: message };
}
