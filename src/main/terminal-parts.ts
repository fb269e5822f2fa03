import type { BackupView, Paper, QueueView, SalesView, StatusView, TillView } from '../contract/types.ts';
import type { Sale } from '../core/sale.ts';
import type { EmbeddedSimulator } from './gateway/open-gateway.ts';
import type { Ledger } from './ledger/open-ledger.ts';
import type { QueueActions } from './queue/kinds.ts';
import type { RefundDesk } from './refunds/refund-desk.ts';
import type { OrderLookUps } from './sales/order-look-ups.ts';
import type { StaticLookUps } from './sales/static-look-ups.ts';
import type { Till } from './sales/till.ts';
import type { ShiftParts } from './shifts/routes.ts';
import type { Topic } from './topic.ts';

/** What the router is made over: the terminal's parts, as narrow as the contract needs them. */
export interface TerminalParts {
  readonly ledger: Ledger;
  readonly till: Till;
  readonly receipts: {
    /** The receipt as SVG; undefined while the sale is not paid. */
    svg(sale: Sale): string | undefined;
    /** Queues a marked copy and returns its number; undefined while the sale is not paid. */
    reprint(sale: Sale): number | undefined;
  };
  /** Prints the QR code in front of the cashier, if there is one; false when there is none, or no printer. */
  readonly printQr: () => boolean;
  readonly queue: QueueActions;
  readonly refunds: RefundDesk;
  readonly shifts: ShiftParts;
  readonly backups: { now(): Promise<unknown>; view(): BackupView };
  readonly lookUps: Pick<StaticLookUps, 'prove' | 'explain'>;
  readonly orderLookUps: OrderLookUps;
  readonly topics: {
    readonly till: Topic<TillView>;
    readonly sales: Topic<SalesView>;
    readonly status: Topic<StatusView>;
    readonly paper: Topic<Paper>;
    readonly queue: Topic<QueueView>;
    publishBooks(): void;
  };
  /** The customers of the embedded simulator; undefined with a real gateway. */
  readonly simulator: Pick<EmbeddedSimulator, 'scenarios' | 'freshCode' | 'payStatic' | 'visit'> | undefined;
  readonly now: () => number;
}
