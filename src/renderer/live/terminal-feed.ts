import type { SalesView, ShiftView, StatusView, TillView } from '../../contract/types.ts';
import type { ConnectionState, TerminalClient } from '../connection/connection.ts';
import { createCell, type Live } from './cell.ts';
import { follow } from './follow.ts';

/** A view and when it arrived (this window's monotonic ms): what it says of time left counts from there. */
export interface Received<T> {
  readonly view: T;
  readonly at: number;
}

/** The terminal as this window knows it. Undefined until the first word from it. */
export interface TerminalFeed {
  readonly connection: Live<ConnectionState>;
  readonly till: Live<Received<TillView> | undefined>;
  readonly sales: Live<SalesView | undefined>;
  readonly status: Live<StatusView | undefined>;
  readonly shift: Live<ShiftView | undefined>;
  close(): void;
}

export function followTerminal(
  client: TerminalClient,
  connection: Live<ConnectionState>,
  now: () => number,
): TerminalFeed {
  const till = createCell<Received<TillView> | undefined>(undefined);
  const sales = createCell<SalesView | undefined>(undefined);
  const status = createCell<StatusView | undefined>(undefined);
  const shift = createCell<ShiftView | undefined>(undefined);
  const ended = new AbortController();
  const { signal } = ended;
  void follow(
    connection,
    (signal) => client.till.watch({}, { signal }),
    (view) => till.set({ view, at: now() }),
    signal,
  );
  void follow(connection, (signal) => client.sales.watchToday({}, { signal }), sales.set, signal);
  void follow(connection, (signal) => client.status.watch({}, { signal }), status.set, signal);
  void follow(connection, (signal) => client.shift.watch({}, { signal }), shift.set, signal);
  return { connection, till, sales, status, shift, close: () => ended.abort() };
}
