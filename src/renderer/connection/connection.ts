import type { ClientContext, ClientLink } from '@orpc/client';
import type { ContractRouterClient } from '@orpc/contract';
import type { Contract } from '../../contract/index.ts';
import { createCell, type Live } from '../live/cell.ts';

/** Everything a screen may ask of the terminal, whichever host it runs in. */
export type TerminalClient = ContractRouterClient<Contract>;

export type ConnectionState =
  | { readonly status: 'connecting' }
  | { readonly status: 'online' }
  /** The terminal cannot be reached; it is tried again and again. It goes on without us: money is its affair. */
  | { readonly status: 'lost' }
  /** The terminal does not let this window in, and trying again would not help. */
  | { readonly status: 'refused'; readonly refusal: Refusal };

/** What to tell the cashier, in the host's own words where it has some. */
export interface Refusal {
  readonly zh: string;
  readonly en: string;
}

/** One live wire to the terminal. */
export interface Wire {
  readonly link: ClientLink<ClientContext>;
  /** Resolves when the wire is dead; never rejects. */
  readonly closed: Promise<void>;
}

/** @throws EntryRefused when trying again would not help; anything else is tried again. */
export type Dial = () => Promise<Wire>;

export class EntryRefused extends Error {
  override name = 'EntryRefused';
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    super(refusal.en);
    this.refusal = refusal;
  }
}

export interface Connection {
  /** Stays the same however often the wire is rebuilt; calls reject while there is none. */
  readonly link: ClientLink<ClientContext>;
  readonly state: Live<ConnectionState>;
  /**
   * Takes this window's pass away, for good; the terminal runs on. Absent where a window needs none.
   *
   * @throws when the terminal cannot be reached: the window is still signed in then.
   */
  readonly signOut?: () => Promise<void>;
}

/** oRPC rebuilds nothing by itself: here a dead wire is replaced, sooner at first and every 3 s later. */
const BACKOFF_MS = [100, 200, 400, 800, 1_500, 3_000] as const;

export function keepConnected(dial: Dial, sleep: (ms: number) => Promise<void> = wait): Connection {
  const state = createCell<ConnectionState>({ status: 'connecting' });
  let wire: Wire | undefined;
  void redial();
  return {
    state,
    link: {
      call: (path, input, options) => {
        if (wire === undefined) return Promise.reject(new NotConnected());
        return wire.link.call(path, input, options);
      },
    },
  };

  async function redial(): Promise<void> {
    for (let failures = 0; ; failures++) {
      try {
        wire = await dial();
        failures = -1;
        state.set({ status: 'online' });
        await wire.closed;
      } catch (error) {
        if (error instanceof EntryRefused) return state.set({ status: 'refused', refusal: error.refusal });
      }
      wire = undefined;
      state.set({ status: 'lost' });
      await sleep(BACKOFF_MS[Math.max(0, failures)] ?? 3_000);
    }
  }
}

/** A command given while the terminal is out of reach: it was not sent, so nothing happened to any money. */
export class NotConnected extends Error {
  override name = 'NotConnected';

  constructor() {
    super('Not connected to the terminal: the command was not sent and no money moved. It is being reconnected.');
  }
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
