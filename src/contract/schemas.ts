import * as z from 'zod';
import type { ReasonCode } from '../core/gateway-answer.ts';
import { BackupView } from './backup-schemas.ts';
import { HeldSaleView, StaticOffer, StaticView } from './held-schemas.ts';
import { EpochMs, Money, Sum } from './money-schemas.ts';
import { QrView } from './native-schemas.ts';
import { SettlementView } from './settlement-schemas.ts';

export { EpochMs, Money, SaleAmount } from './money-schemas.ts';

const REASON_CODES = [
  'NOT_ENOUGH',
  'CODE_EXPIRED',
  'CODE_INVALID',
  'CARD_NOT_SUPPORTED',
  'PAYER_MISMATCH',
  'TRADE_REFUSED',
  'CUSTOMER_CANCELLED',
  'NUMBER_USED',
  'ALREADY_PAID',
  'ORDER_CLOSED',
  'ORDER_REVERSED',
  'NO_PERMISSION',
  'BAD_CONFIG',
  'BAD_CERTIFICATE',
  'RATE_LIMITED',
  'REVERSE_EXPIRED',
  'REVERSE_REFUSED',
  'REFUNDED',
  'NOT_SENT',
  'NO_REPLY',
  'BAD_REPLY',
  'BAD_SIGNATURE',
  'REPLY_MISMATCH',
  'GATEWAY_BUSY',
  'BANK_BUSY',
  'CLOSE_REFUSED',
  'AWAITING_PASSWORD',
  'AWAITING_SCAN',
  'UNLISTED',
  'RESTARTED',
] as const satisfies readonly ReasonCode[];

export const ReasonSchema = z.object({
  code: z.enum(REASON_CODES),
  gatewayCode: z.string().optional(),
  gatewayText: z.string().optional(),
});

export const PhaseSchema = z.enum([
  'working',
  'offered',
  'password',
  'uncertain',
  'cancelling',
  'closing',
  'attention',
  'paid',
  'declined',
  'cancelled',
  'givenUp',
]);

/** One payment as a screen shows it. Times are the terminal's epoch milliseconds; `msLeft` is at sending. */
export const PaymentView = z.object({
  id: z.string(),
  saleId: z.string(),
  saleNumber: z.string(),
  outTradeNo: z.string(),
  amountFen: Money,
  /** native: by the till's QR code. Absent: by the customer's payment code. */
  method: z.literal('native').optional(),
  phase: PhaseSchema,
  settled: z.boolean(),
  cancellable: z.boolean(),
  /** The cashier may go on to the next customer: it is settled, or it resolves itself in the background. */
  leavable: z.boolean(),
  /** A refund of it is asked for and has not arrived. */
  refunding: z.literal(true).optional(),
  reason: ReasonSchema.optional(),
  msLeft: z.number().optional(),
  submittedAt: EpochMs,
  transactionId: z.string().optional(),
  /** How the money came together, once it is received. */
  ...SettlementView.partial().shape,
});

/** Cash that is in the drawer and in the books. */
export const CashView = z.object({
  saleId: z.string(),
  saleNumber: z.string(),
  amountFen: Money,
  tenderedFen: Money,
  changeFen: Money,
});

/** What a scan turned out to be when it was not a payment: shown for a moment, does nothing. */
export const Notice = z.object({
  code: z.enum([
    'SCAN_ALIPAY',
    'SCAN_UNIONPAY',
    'SCAN_ECNY',
    'SCAN_PRODUCT',
    'SCAN_LINK',
    'SCAN_GARBAGE',
    /** A receipt of ours: its sale is shown. */
    'SCAN_RECEIPT',
    /** A receipt of another terminal, or of books that are gone. */
    'SCAN_RECEIPT_UNKNOWN',
    /** A payment code came while no amount was waiting for one. */
    'SCAN_UNASKED',
    /** The same code again: single use, so never sent twice. */
    'SCAN_REPEATED',
    /** A payment of this sale is not certain yet. */
    'PAYMENT_UNRESOLVED',
    /** Less than the amount was handed over. */
    'CASH_TOO_LITTLE',
    /** So much more that it must be a slip of the fingers. */
    'CASH_TOO_MUCH',
    /** No amount waits to be paid, or another one than the cashier saw. */
    'CASH_UNASKED',
    /** The books cannot be written: nothing was sent. */
    'LEDGER_UNWRITABLE',
    /** WeChat Pay cannot be reached: nothing was sent, and the code was not kept. It may be scanned again. */
    'LINE_DOWN',
    /** WeChat Pay's number of a transaction, from a phone or a bill. In `detail`, for whoever asked for one. */
    'SCAN_TRANSACTION',
    /** No amount waits that could be put aside, or another one than the cashier saw. */
    'HOLD_UNASKED',
    /** So many are put aside that no more can be kept apart. */
    'HELD_FULL',
    /** No amount waits to be paid, or another one than the manager saw. */
    'STATIC_UNASKED',
    /** The shop's settings do not allow the static code. */
    'STATIC_OFF',
    /** More than one payment on the static code may be; `detail` says how much may be, in fen. */
    'STATIC_OVER_ONE',
    /** More than all that waits for proof may come to; `detail` says how much is left, in fen. */
    'STATIC_OVER_ALL',
    /** No amount waits to be paid, or another one than the cashier saw. */
    'QR_UNASKED',
    /** This very transaction has paid another sale, or is to prove another; `detail` is that sale's number. */
    'STATIC_USED',
  ]),
  at: EpochMs,
  /** For SCAN_PRODUCT: the barcode. For SCAN_RECEIPT: the sale's id. For LEDGER_UNWRITABLE: the system's words. */
  detail: z.string().optional(),
});

/** Where the till stands. The terminal owns it; every window shows the same. */
export const TillView = z.object({
  /**
   * amount: keying; scan: waiting for the customer's code; payment: one is under way or has just ended; cash: taken;
   * static: accepted on the store's static code, which proves nothing yet.
   */
  step: z.enum(['amount', 'scan', 'payment', 'cash', 'static']),
  amountFen: Money,
  saleNumber: z.string().optional(),
  payment: PaymentView.optional(),
  cash: CashView.optional(),
  static: StaticView.optional(),
  /** The QR code to be scanned, while it is there to be. */
  qr: QrView.optional(),
  /** While it waits to be paid: what a manager may accept on the static code. Absent where that is switched off. */
  staticOffer: StaticOffer.optional(),
  /** The sale in front was taken up from those put aside, and goes back there when it is left. */
  resumed: z.boolean().optional(),
  /** Sales put aside, oldest first; the one in front is not among them. Absent when there is none. */
  held: z.array(HeldSaleView).optional(),
  notice: Notice.optional(),
});

export const SaleRow = z.object({
  saleId: z.string(),
  number: z.string(),
  amountFen: Money,
  openedAt: EpochMs,
  /** toVerify: paid on the static code, as a manager says. disproven: it was not. */
  phase: PhaseSchema.or(z.enum(['open', 'abandoned', 'toVerify', 'disproven'])),
  /** How it was paid, once it is. */
  tender: z.enum(['wechat', 'cash', 'static']).optional(),
  transactionId: z.string().optional(),
  reason: ReasonSchema.optional(),
  receipt: z.enum(['none', 'queued', 'printing', 'printed', 'sent', 'unknown', 'failed']),
  /** Given back, and asked for without being certain yet. */
  refundedFen: Money,
  refundPendingFen: Money,
});

export const SalesView = z.object({
  rows: z.array(SaleRow),
  paidCount: z.int(),
  paidFen: Money,
  /** The parts of `paidFen`, by tender. */
  cashFen: Money,
  wechatFen: Money,
  unsettledCount: z.int(),
  unsettledFen: Money,
  /** Given back today, of sales of whatever day; not taken off `paidFen`. */
  refundedFen: Money,
  /** Asked for and not certain, of whatever day; in no other total of this view but `unsettledFen`. */
  refundPendingFen: Money,
  /** Accepted on the static code and not proven, of whatever day: in none of the sums above. Absent when there is none. */
  toVerify: Sum.optional(),
});

export const StoryLine = z.object({
  seq: z.int(),
  at: EpochMs,
  kind: z.string(),
  /** The journal's payload: plain data, no secrets. */
  payload: z.record(z.string(), z.unknown()),
});

export const DeviceView = z.object({
  kind: z.enum(['scanner', 'printer']),
  name: z.string(),
  state: z.enum(['ready', 'opening', 'missing', 'busy', 'denied', 'paper-out', 'cover-open', 'faulty', 'none']),
  detail: z.string().optional(),
});

const LineStateSchema = z.enum(['unknown', 'online', 'shaky', 'offline']);

/** One of the gateway's hosts, as its latest calls and connections left it. */
export const HostLineView = z.object({
  name: z.string(),
  state: LineStateSchema,
  lastAnsweredAt: EpochMs.optional(),
  /** `detail` is a short code for support: "ECONNREFUSED". */
  lastFailure: z.object({ at: EpochMs, detail: z.string() }).optional(),
});

export const StatusView = z.object({
  storeName: z.string(),
  storeId: z.string(),
  terminalId: z.string(),
  version: z.string(),
  host: z.enum(['electron', 'kiosk', 'none']),
  gateway: z.enum(['simulator', 'wechat']),
  /** The best host's: a payment goes to whichever can be reached. */
  line: LineStateSchema,
  lineHosts: z.array(HostLineView),
  scanner: DeviceView,
  printer: DeviceView,
  /** Payments whose outcome is not certain, of whatever day. */
  unsettled: z.object({ count: z.int(), amountFen: Money, oldestAt: EpochMs.optional() }),
  /** Whatever money is not settled, refunds and all: what to say before somebody leaves. */
  owed: z.object({
    count: z.int(),
    amountFen: Money,
    oldestAt: EpochMs.optional(),
    /** So many of them only wait for proof of the static code. */
    toVerifyCount: z.int().optional(),
  }),
  backup: BackupView,
  /** Accepted on the static code and not proven, of whatever day. Absent when there is none. */
  toVerify: Sum.extend({ oldestAt: EpochMs }).optional(),
  /** Reports that the back office is owed: how many it has refused, and since when the oldest of the others waits. */
  reports: z.object({ refused: z.int(), oldestAt: EpochMs.optional() }).optional(),
  /** The wall clock's distance from where it should be; shown when it jumped. */
  clockDriftMs: z.number(),
  /** When the merchant's certificate ends: nothing can be cancelled or given back after that. */
  certificateExpiresAt: EpochMs.optional(),
});

/** The virtual printer's roll: newest first. */
export const Paper = z.object({
  sheets: z.array(z.object({ id: z.string(), at: EpochMs, saleNumber: z.string(), copy: z.int(), svg: z.string() })),
});

export const Bilingual = z.object({ zh: z.string(), en: z.string() });

/** A customer the simulator can play, for demos and training. */
export const Scenario = z.object({ id: z.string(), title: Bilingual, expect: Bilingual });
