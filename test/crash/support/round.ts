import { seededRandom } from '../../../src/core/random.ts';

/** Who dies, or stands still for a while. */
export type Blow =
  | 'the till is killed'
  | 'the simulator is killed'
  | 'the printer is killed'
  | 'everything is killed'
  | 'the till stands still'
  | 'the simulator stands still'
  | 'the disk is full'
  | 'the disk is full and the till is killed';

/** One sale and what befalls it. Times in milliseconds. */
export interface Round {
  readonly round: number;
  readonly blow: Blow;
  /** A scenario of the simulator. */
  readonly customer: string;
  /** From the scan to the blow. */
  readonly afterMs: number;
  /** How long it stays dead or still. */
  readonly lastsMs: number;
}

export interface PlanOptions {
  readonly rounds: number;
  readonly seed: number;
  /** The longest that anybody stands still. */
  readonly stillMs: number;
  /** What can happen, each as often as it stands here. Default: all that needs no disk of its own. */
  readonly blows?: readonly Blow[];
}

/** From the scan: past most sales' end, receipt included. */
const BLOW_WITHIN_MS = 350;
const DEAD_WITHIN_MS = 300;
const CUSTOMERS = ['pays', 'password', 'reply-lost', 'system-error-moved', 'password-cancels', 'slow', 'request-lost'];

/** As often as they stand here: the till is what is on trial. */
export const BLOWS: readonly Blow[] = [
  ...Array<Blow>(10).fill('the till is killed'),
  ...Array<Blow>(4).fill('the simulator is killed'),
  ...Array<Blow>(3).fill('the printer is killed'),
  ...Array<Blow>(2).fill('everything is killed'),
  'the till stands still',
  'the simulator stands still',
];

/** These need a shop whose data folder is a disk of its own. */
export const DISK_BLOWS: readonly Blow[] = ['the disk is full', 'the disk is full and the till is killed'];

/** The same rounds for the same options, all of them known before the first begins. */
export function planRounds({ rounds, seed, stillMs, blows = BLOWS }: PlanOptions): Round[] {
  const random = seededRandom(seed);
  const below = (limit: number) => Math.floor(random() * limit);
  return Array.from({ length: rounds }, (_, index) => {
    const blow = blows[below(blows.length)] ?? 'the till is killed';
    return {
      round: index + 1,
      blow,
      customer: CUSTOMERS[below(CUSTOMERS.length)] ?? 'pays',
      afterMs: below(BLOW_WITHIN_MS),
      lastsMs: below(blow.endsWith('still') ? stillMs : DEAD_WITHIN_MS),
    };
  });
}
