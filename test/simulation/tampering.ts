import type { Timings } from '../../src/core/payment.ts';
import type { Clock } from '../../src/core/time.ts';
import type { ReceiptPrinter } from '../../src/devices/printer/printer.ts';
import type { PaymentGateway, RefundGateway } from '../../src/main/gateway/gateway.ts';
import type { Transport } from '../../src/main/gateway/wechat-v2/transport/transport.ts';
import type { Ledger } from '../../src/main/ledger/open-ledger.ts';
import type { Log } from '../../src/main/log.ts';
import type { PaymentEngine } from '../../src/main/payments/engine.ts';
import type { SystemClock } from '../../src/main/system-clock.ts';

/** What a tampered part may have at hand. */
export interface Around {
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly printer: ReceiptPrinter;
  readonly log: Log;
}

export type Engine = Pick<PaymentEngine, 'charge' | 'cancel' | 'resume'>;

/**
 * Known mistakes, put between the parts of the terminal as it is wired: production code stays as it is, and what its
 * neighbours see of it is wrong. With none of it, the terminal is the real one.
 */
export interface Tampering {
  readonly timings?: Partial<Timings>;
  readonly clock?: (right: SystemClock) => SystemClock;
  readonly transport?: (right: Transport) => Transport;
  readonly gateway?: (right: PaymentGateway, around: Around) => PaymentGateway;
  readonly refundGateway?: (right: RefundGateway, around: Around) => RefundGateway;
  /** The ledger as every part sees it. */
  readonly ledger?: (right: Ledger, clock: Clock) => Ledger;
  /** The ledger as refunds alone see it. */
  readonly refundLedger?: (right: Ledger) => Ledger;
  /** The ledger as the till alone sees it. */
  readonly tillLedger?: (right: Ledger) => Ledger;
  readonly engine?: (right: Engine, around: Around) => Engine;
}
