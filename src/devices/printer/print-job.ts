import type { DeviceState } from '../../core/device-status.ts';
import type { Clock } from '../../core/time.ts';
import { faultOf } from '../transport/device-fault.ts';
import type { Link } from '../transport/link.ts';
import { MARKER, type Trouble } from './printer-answers.ts';
import { createPrinterTalk, type PrinterTalk, type TalkOptions } from './printer-talk.ts';

export interface PrintTimings {
  /** How long a printer may refuse to take data before the job counts as stuck. */
  readonly takeMs: number;
  /** How long printing a receipt may take, until the marker behind it is answered. */
  readonly processMs: number;
  /** After this, one that has never answered is asked whether it can speak at all: nobody should wait for a mute one. */
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

export interface JobOptions extends TalkOptions {
  readonly timings: PrintTimings;
  /** It has answered markers before: silence is a bad sign, not its nature. */
  readonly canConfirm: boolean;
  /** Trouble was seen last time: ask before the first byte. Else the receipt leaves at once. */
  readonly askFirst: boolean;
}

/** Sends one job and finds out, within bounds, what became of it. Never throws, and never sends anything twice. */
export async function runJob(link: Link, job: Uint8Array, options: JobOptions): Promise<JobEnd> {
  const talk = createPrinterTalk(link, options);
  if (options.askFirst && link.answers) {
    const problem = await troubleOf(talk, options.timings).catch(problemOf);
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
async function confirm(talk: PrinterTalk, { timings, canConfirm }: JobOptions): Promise<JobEnd> {
  const { takeMs, processMs, doubtMs } = timings;
  // By itself, behind the job: a USB printer has the job when the system takes the next bytes, and not before.
  const marker = talk.expect('marker');
  await talk.send(MARKER, takeMs);
  const firstPatience = canConfirm ? processMs : doubtMs;
  let answer = await talk.within(marker, firstPatience);
  if (answer === 'silence') {
    const health = await talk.ask(timings.answerMs);
    if (typeof health === 'object') return { result: 'unknown', problem: health };
    // Well and able to speak, only not finished yet; or it has answered while it was being asked.
    answer = await talk.within(marker, health === 'well' ? Math.max(0, processMs - firstPatience) : 0);
  }
  if (typeof answer === 'object') {
    return answer.trouble ? { result: 'unknown', problem: answer.trouble } : { result: 'printed' };
  }
  if (!canConfirm) return { result: 'sent' };
  return { result: 'unknown', problem: { state: 'faulty', detail: 'the printer did not say that it has finished' } };
}

/** How is the printer, without a job? Never throws. */
export async function askPrinter(link: Link, timings: PrintTimings, clock: Clock): Promise<Problem | undefined> {
  if (!link.answers) return undefined;
  const talk = createPrinterTalk(link, { clock, onTrouble: () => undefined });
  return troubleOf(talk, timings).catch(problemOf);
}

async function troubleOf(talk: PrinterTalk, { answerMs }: PrintTimings): Promise<Trouble | undefined> {
  const health = await talk.ask(answerMs);
  return typeof health === 'object' ? health : undefined;
}

function problemOf(error: unknown): Problem {
  const { state, message } = faultOf(error);
  return { state, detail: message };
}
