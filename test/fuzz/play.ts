import { createChance } from '../simulation/chance.ts';
import type { Input, Subject } from './subject.ts';

/** One input by its number: the same subject, seed and number are the same input, on every machine. */
export interface CaseRef {
  readonly subject: string;
  readonly seed: number;
  readonly number: number;
}

/** What was wrong with one input. */
export interface Finding extends CaseRef {
  readonly problem: string;
  readonly about?: string;
}

/** Of processor time. The slowest of the inputs that are in order take less than a twentieth of it. */
export const INPUT_MAX_MS = 1_000;
/** Held outside of the JavaScript heap, above what was held before: a few times the largest thing that is read. */
export const OUTSIDE_MAX_BYTES = 64 * 1024 * 1024;

export function makeInput(subject: Subject, { subject: name, seed, number }: CaseRef): Input {
  return subject.make(createChance(seed, `${name} ${number}`));
}

/** Plays one input; a finding when it was read wrongly, broke the reader, took too long, or too much was held for it. */
export async function play(subject: Subject, ref: CaseRef): Promise<Finding | undefined> {
  const input = makeInput(subject, ref);
  const heldBefore = process.memoryUsage().external;
  const begunAt = threadMs();
  const problem = await judged(subject, input);
  const tookMs = threadMs() - begunAt;
  const heldBytes = process.memoryUsage().external - heldBefore;
  const wrong =
    problem ??
    (tookMs > INPUT_MAX_MS ? `took ${Math.round(tookMs)} ms` : undefined) ??
    (heldBytes > OUTSIDE_MAX_BYTES ? `held ${heldBytes} bytes` : undefined);
  return wrong === undefined ? undefined : { ...ref, about: input.about, problem: wrong };
}

async function judged(subject: Subject, input: Input): Promise<string | undefined> {
  try {
    return await subject.judge(input);
  } catch (error) {
    return `threw ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
  }
}

/** This thread's own processor time: what else the machine does is not the input's fault. */
function threadMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
}
