import type { Clock } from '../../core/time.ts';
import { digestOf, newToken, sameDigest } from './tokens.ts';

/** Other users of the machine can read a command line, so the ticket in a launch URL must not live long. */
export const TICKET_LIFE_MS = 2 * 60_000;
const OPEN_TICKETS_MAX = 16;

/** One-time tickets: what a launch URL carries, good for one session and for two minutes. */
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
