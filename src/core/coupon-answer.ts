import type { CallTrouble, Reason } from './gateway-answer.ts';
import type { Fen } from './money.ts';

/* What a payment gateway can say of its cash coupons (代金券), as plain data. */

/** Why, in the words of the till: what any call can meet, and what only coupons know. */
export type CouponReasonCode =
  | CallTrouble
  | 'COUPON_HELD_ALREADY'
  | 'COUPONS_ENDED'
  | 'COUPON_STOCK_UNKNOWN'
  | 'PAYEE_UNKNOWN';

export type CouponReason = Reason<CouponReasonCode>;

/**
 * SENT: the customer has it. REFUSED: no coupon was sent. AGAIN: not by this call; the same call, with the same
 * number, can be made later. UNKNOWN: it may have been sent. There is no question to ask about a sending: the same call
 * under the same number says what became of it, and sends only one.
 */
export type CouponSendAnswer =
  | { readonly verdict: 'SENT'; readonly couponId: string }
  | { readonly verdict: 'REFUSED' | 'AGAIN' | 'UNKNOWN'; readonly reason: CouponReason };

/** A batch of coupons, as the merchant platform made it. Times are Beijing time, `yyyyMMddHHmmss`. */
export interface CouponStock {
  readonly stockId: string;
  readonly name: string;
  /** What one coupon takes off. */
  readonly valueFen: Fen;
  /** What has to be bought for it at least. */
  readonly minimumFen: Fen;
  readonly state: 'inactive' | 'in-approval' | 'active' | 'void' | 'stopped' | 'unknown';
  readonly total: number;
  /** How many one customer may get; 0 means any number. */
  readonly perCustomerMax: number;
  readonly sent: number;
  readonly used: number;
  readonly beginsAt: string;
  readonly endsAt: string;
}

export type CouponStockAnswer =
  | { readonly verdict: 'FOUND'; readonly stock: CouponStock }
  | { readonly verdict: 'NOT_FOUND' }
  | { readonly verdict: 'UNKNOWN'; readonly reason: CouponReason };

/** One customer's coupon. Times are Beijing time, `yyyyMMddHHmmss`. */
export interface Coupon {
  readonly couponId: string;
  readonly stockId: string;
  readonly name: string;
  readonly valueFen: Fen;
  readonly minimumFen: Fen;
  readonly state: 'sent' | 'used' | 'expired' | 'unknown';
  readonly beginsAt: string;
  readonly endsAt: string;
  readonly sentAt: string;
  /** Empty until it was used. */
  readonly usedAt: string;
}

export type CouponQueryAnswer =
  | { readonly verdict: 'FOUND'; readonly coupon: Coupon }
  | { readonly verdict: 'NOT_FOUND' }
  | { readonly verdict: 'UNKNOWN'; readonly reason: CouponReason };
