import type { Clock } from '../../core/time.ts';
import { digestOf, newToken, sameDigest } from './tokens.ts';

/**
 * Time to start the till, walk over to it and open the link there. The link that a window is opened with can be read
 * off a command line by other users of the machine, but it is used up by then.
 */
export const TICKET_LIFE_MS = 30 * 60_000;
const OPEN_TICKETS_MAX = 16;

/** One-time tickets: what a launch URL carries, good for one session and for half an hour. */
export interface Tickets {
  /** A fresh one; the oldest unused one goes when there are too many. */
  mint(): string;
  /** True once, within its life. */
  redeem(ticket: string): boolean;
}

export function createTickets(clock: Pick<Clock, 'now'>): Tickets {
  let open: { readonly digest: Buffer; readonly staleAt: number }[] = [];

  return {
    mint() {
      const ticket = newToken();
      open = [...open, { digest: digestOf(ticket), staleAt: clock.now() + TICKET_LIFE_MS }].slice(-OPEN_TICKETS_MAX);
      return ticket;
    },

    redeem(ticket) {
      const digest = digestOf(ticket);
      const found = open.find((candidate) => sameDigest(candidate.digest, digest));
      open = open.filter((candidate) => candidate !== found);
      return found !== undefined && clock.now() < found.staleAt;
    },
  };
}
