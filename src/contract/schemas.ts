import * as z from 'zod';
import type { ReasonCode } from '../core/gateway-answer.ts';
import { fen, SALE_MAX_FEN } from '../core/money.ts';

/** Money as it crosses the wire: integer fen, back to its brand on arrival. */
export const Money = z.int().transform(fen);
export const SaleAmount = z.int().min(1).max(SALE_MAX_FEN).transform(fen);
export const EpochMs = z.number();

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
  'AWAITING_PASSWORD',
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
  'password',
  'uncertain',
  'cancelling',
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
  phase: PhaseSchema,
  settled: z.boolean(),
  cancellable: z.boolean(),
  /** The cashier may go on to the next customer: it is settled, or it resolves itself in the background. */
  leavable: z.boolean(),
  reason: ReasonSchema.optional(),
  msLeft: z.number().optional(),
  submittedAt: EpochMs,
  transactionId: z.string().optional(),
  paidFen: Money.optional(),
  couponFen: Money.optional(),
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
  ]),
  at: EpochMs,
  /** For SCAN_PRODUCT: the barcode. For LEDGER_UNWRITABLE: the system's words. */
  detail: z.string().optional(),
});

/** Where the till stands. The terminal owns it; every window shows the same. */
export const TillView = z.object({
  /** amount: keying; scan: waiting for the customer's code; payment: one is under way or has just ended; cash: taken. */
  step: z.enum(['amount', 'scan', 'payment', 'cash']),
  amountFen: Money,
  saleNumber: z.string().optional(),
  payment: PaymentView.optional(),
  cash: CashView.optional(),
  notice: Notice.optional(),
});

export const SaleRow = z.object({
  saleId: z.string(),
  number: z.string(),
  amountFen: Money,
  openedAt: EpochMs,
  phase: PhaseSchema.or(z.enum(['open', 'abandoned'])),
  /** How it was paid, once it is. */
  tender: z.enum(['wechat', 'cash']).optional(),
  transactionId: z.string().optional(),
  reason: ReasonSchema.optional(),
  receipt: z.enum(['none', 'queued', 'printing', 'printed', 'sent', 'unknown', 'failed']),
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
});

export const StoryLine = z.object({
  seq: z.int(),
  at: EpochMs,
  kind: z.string(),
  /** The journal's payload: plain data, no secrets. */
  payload: z.record(z.string(), z.unknown()),
});

export const SaleStory = z.object({
  sale: SaleRow,
  payments: z.array(PaymentView),
  lines: z.array(StoryLine),
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
