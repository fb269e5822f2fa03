import { digestOf, newToken, sameDigest } from './tokens.ts';

/** A till has one window, a demo a few; more than this is a mistake or an attack. */
export const SESSIONS_MAX = 16;
export const SOCKETS_PER_SESSION_MAX = 4;

/** What a page holds after its ticket: it opens WebSockets until it signs out or the process ends. */
export interface Session {
  readonly digest: Buffer;
  socketCount: number;
  /** Aborts when the window signs out: its sockets end with it. */
  readonly ended: AbortController;
}

export interface Sessions {
  /** The new session's token, or undefined while all places are taken by windows that are open. */
  open(): string | undefined;
  find(token: string): Session | undefined;
  /** Signs the window out: its token opens nothing any more. False when nobody knows the token. */
  end(token: string): boolean;
}

/** Held in memory only: a restarted process knows no one, and every page asks for a new link. */
export function createSessions(): Sessions {
  let sessions: Session[] = [];

  return {
    open() {
      if (sessions.length >= SESSIONS_MAX) {
        const abandoned = sessions.find((session) => session.socketCount === 0);
        if (abandoned === undefined) return undefined;
        sessions = sessions.filter((session) => session !== abandoned);
      }
      const token = newToken();
      sessions = [...sessions, { digest: digestOf(token), socketCount: 0, ended: new AbortController() }];
      return token;
    },

    find,

    end(token) {
      const session = find(token);
      if (session === undefined) return false;
      sessions = sessions.filter((other) => other !== session);
      session.ended.abort();
      return true;
    },
  };

  function find(token: string): Session | undefined {
    const digest = digestOf(token);
    return sessions.find((session) => sameDigest(session.digest, digest));
  }
}
