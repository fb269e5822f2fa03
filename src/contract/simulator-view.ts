import type { Fen } from '../core/money.ts';

/** A text of the simulator's in both languages. */
export interface SimulatorText {
  readonly zh: string;
  readonly en: string;
}

/**
 * All that the simulator's own page shows. Amounts in fen, times in epoch milliseconds of the simulator's clock. Lists
 * have the newest first, and no more than the newest hundred.
 */
export interface SimulatorView {
  readonly now: number;
  readonly merchant: { readonly appId: string; readonly mchId: string };
  readonly books: BooksView;
  readonly customers: readonly CustomerView[];
  readonly passersBy: Purse;
  readonly orders: readonly OrderView[];
  readonly refunds: readonly RefundView[];
  readonly payouts: readonly PayoutView[];
  readonly violations: readonly ViolationView[];
  readonly faults: FaultsView;
  readonly choices: ChoicesView;
}

export interface BooksView {
  readonly orders: number;
  readonly paid: number;
  readonly reversed: number;
  readonly chargedFen: Fen;
  readonly returnedFen: Fen;
  readonly refundedFen: Fen;
  readonly paidOutFen: Fen;
  readonly payoutFeesFen: Fen;
  /** What the merchant has, before the fees of its sales: charged less all that went out again. */
  readonly netFen: Fen;
  /** The same, counted from the customers' side. The books balance when the two agree. */
  readonly netOfCustomersFen: Fen;
}

export interface Purse {
  readonly paidFen: Fen;
  readonly gotBackFen: Fen;
  readonly receivedFen: Fen;
}

export interface CustomerView extends Purse {
  readonly openid: string;
  readonly name: string;
  readonly balanceFen: Fen;
}

export interface OrderView {
  readonly outTradeNo: string;
  readonly tradeType: 'MICROPAY' | 'NATIVE' | 'JSAPI' | 'APP' | 'MWEB';
  readonly state: 'USERPAYING' | 'SUCCESS' | 'REFUND' | 'REVOKED' | 'PAYERROR' | 'NOTPAY' | 'CLOSED';
  readonly amountFen: Fen;
  readonly couponFen: Fen;
  readonly refundedFen: Fen;
  readonly body: string;
  readonly openedAt: number;
  /** The name of the customer who is paying it or has paid it; null for a passer-by, or nobody. */
  readonly payer: string | null;
  /** What the gateway said to the customer's last try, such as NOTENOUGH; null when it did not fail. */
  readonly failedWith: string | null;
  /** Somebody is at the password box, and means to do this then. */
  readonly atPasswordBox: { readonly act: 'pays' | 'fails' | 'leaves'; readonly at: number } | null;
  /** Until when a customer may come and pay it; null when nobody can. */
  readonly payableUntil: number | null;
}

export interface RefundView {
  readonly outRefundNo: string;
  readonly outTradeNo: string;
  readonly refundFen: Fen;
  readonly state: 'PROCESSING' | 'SUCCESS' | 'REFUNDCLOSE' | 'CHANGE';
  readonly acceptedAt: number;
}

export interface PayoutView {
  readonly family: 'red-packet' | 'balance' | 'bank';
  readonly number: string;
  readonly amountFen: Fen;
  readonly feeFen: Fen;
  readonly state: 'PENDING' | 'DONE' | 'FAILED' | 'RETURNED';
  readonly madeAt: number;
}

export interface ViolationView {
  readonly kind: string;
  readonly at: number;
  readonly outTradeNo: string;
  readonly detail: string;
}

export interface FaultsView {
  readonly switched: readonly SwitchedFaultView[];
  readonly plan: { readonly seed: number; readonly rate: number; readonly customers: number } | null;
}

export interface SwitchedFaultView {
  readonly id: number;
  readonly endpoint: string;
  readonly faultId: string;
  readonly title: SimulatorText;
  readonly when: { readonly kind: 'next' | 'every'; readonly calls: number };
  readonly struck: number;
}

export interface ChoicesView {
  readonly scenarios: readonly { readonly id: string; readonly title: SimulatorText }[];
  /** `only`: the one call that it makes sense for. */
  readonly faults: readonly { readonly id: string; readonly title: SimulatorText; readonly only: string | null }[];
  readonly endpoints: readonly string[];
}

/** A payment code that nobody has shown before, and how a phone would show it: pictures as SVG text. */
export interface ShownCode {
  readonly code: string;
  readonly barcodeSvg: string;
  readonly qrSvg: string;
}
