import type { ConnectionState } from '../connection/connection.ts';
import { type Live, waitFor } from './cell.ts';

/** A stream that ended although the wire is up is asked for again, but not in a circle. */
const REOPEN_MS = 500;

/**
 * Follows one of the terminal's streams for as long as the signal lets it, across lost and rebuilt wires. Each stream
 * begins with the present state, so nothing has to be remembered or replayed.
 */
export async function follow<T>(
  connection: Live<ConnectionState>,
  open: (signal: AbortSignal) => Promise<AsyncIterable<T>>,
  onValue: (value: T) => void,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    try {
      await waitFor(connection, isOnline, signal);
      for await (const value of await open(signal)) onValue(value);
    } catch {
      // The wire broke, or the terminal is closing: the connection's state tells the cashier, and we ask again.
    }
    if (!signal.aborted) await new Promise((resolve) => setTimeout(resolve, REOPEN_MS));
  }
}

function isOnline(state: ConnectionState): state is Extract<ConnectionState, { readonly status: 'online' }> {
  return state.status === 'online';
}
