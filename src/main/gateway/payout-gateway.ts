import type { CouponQueryAnswer, CouponSendAnswer, CouponStockAnswer } from '../../core/coupon-answer.ts';
import type { CallTrouble, Reason } from '../../core/gateway-answer.ts';
import type { Fen } from '../../core/money.ts';
import type { PayoutAnswer, PayoutQueryAnswer } from '../../core/payout-answer.ts';
import type { Secret } from '../../core/secret.ts';

/** Why a red packet is sent; WeChat Pay wants to know it of one outside 1.00 to 200.00 yuan. */
export type RedPacketScene =
  | 'PRODUCT_1' // sales promotion
  | 'PRODUCT_2' // prize draw
  | 'PRODUCT_3' // prizes for virtual goods
  | 'PRODUCT_4' // staff benefits
  | 'PRODUCT_5' // sharing profits with a channel
  | 'PRODUCT_6' // insurance rewards
  | 'PRODUCT_7' // lottery prizes
  | 'PRODUCT_8'; // tax lottery

/**
 * One red packet. Whoever asks keeps all of it, to ask the very same again: another number would be another packet.
 * One that is not opened within 24 hours comes back to the merchant.
 */
export interface RedPacket {
  /** mch_billno: at most 28 letters and digits. */
  readonly billNo: string;
  /** The customer's openid under our appid. */
  readonly openid: string;
  /** 1.00 to 200.00 yuan unless the merchant has agreed other limits with WeChat Pay. */
  readonly amountFen: Fen;
  /** Who sends it, as the customer sees it; cut to 32 bytes of UTF-8. */
  readonly sender: string;
  /** Cut to 128 bytes. */
  readonly wishing: string;
  /** The occasion; cut to 32 bytes. */
  readonly activity: string;
  /** For the customer's own records; cut to 256 bytes. */
  readonly remark: string;
  readonly scene?: RedPacketScene | undefined;
}

/** A red packet for several people: the first gets it and hands it on. Its shares are drawn at random. */
export interface GroupRedPacket extends RedPacket {
  /** 3 to 20. The amount is for all of them together. */
  readonly people: number;
}

/** A payment to a customer's WeChat balance. Kept whole by whoever asks, as a red packet. */
export interface BalancePayout {
  /** partner_trade_no: 1 to 32 letters and digits. */
  readonly payoutNo: string;
  readonly openid: string;
  /** At least 0.30 yuan; the upper limits are set at the merchant platform. */
  readonly amountFen: Fen;
  /** When given, WeChat Pay pays only if it is the real name of the account. */
  readonly realName?: Secret | undefined;
  /** Shown to the customer; cut to 100 bytes of UTF-8. */
  readonly desc: string;
}

/** A payment to a bank card. WeChat Pay charges 0.1% of it, 1.00 to 25.00 yuan, on top. */
export interface BankPayout {
  /** partner_trade_no: 8 to 32 letters and digits. */
  readonly payoutNo: string;
  /** Travels encrypted with the gateway's key. */
  readonly cardNumber: Secret;
  /** The account's holder; travels encrypted as well. */
  readonly holder: Secret;
  /** The bank's number in WeChat Pay's list: "1002" is ICBC. */
  readonly bankCode: string;
  readonly amountFen: Fen;
  /** Cut to 100 bytes of UTF-8. */
  readonly desc?: string | undefined;
}

/** The key that card numbers and names are encrypted with. PEM; it changes rarely, and may be kept for a day. */
export type BankKeyAnswer =
  | { readonly verdict: 'FOUND'; readonly publicKeyPem: string }
  | { readonly verdict: 'UNKNOWN'; readonly reason: Reason<CallTrouble> };

/**
 * Pays money out, and says what became of it. Calls never reject and are bounded in time, as a PaymentGateway's; all of
 * them show the client certificate. Nothing is repeated here: whoever keeps the payout decides on another call.
 *
 * Questions need the amount, since an answer about another amount is no answer. Only red packets can be sent for a
 * sub-merchant: any other payout would come out of the service provider's own account, and is not sent (NO_PERMISSION).
 */
export interface PayoutGateway {
  sendRedPacket(packet: RedPacket): Promise<PayoutAnswer>;
  sendGroupRedPacket(packet: GroupRedPacket): Promise<PayoutAnswer>;
  redPacketQuery(packet: Pick<RedPacket, 'billNo' | 'amountFen'>): Promise<PayoutQueryAnswer>;
  payToBalance(payout: BalancePayout): Promise<PayoutAnswer>;
  balancePayoutQuery(payout: Pick<BalancePayout, 'payoutNo' | 'amountFen'>): Promise<PayoutQueryAnswer>;
  /** @param publicKeyPem as `bankKey` gave it: fetched beforehand, so that paying is one call with one outcome. */
  payToBank(payout: BankPayout, publicKeyPem: string): Promise<PayoutAnswer>;
  bankPayoutQuery(payout: Pick<BankPayout, 'payoutNo' | 'amountFen'>): Promise<PayoutQueryAnswer>;
  bankKey(): Promise<BankKeyAnswer>;
}

/** One coupon for one customer. Kept whole by whoever asks: the same number sends one coupon, however often. */
export interface CouponSending {
  readonly stockId: string;
  /** partner_trade_no: at most 32 letters and digits; WeChat Pay suggests mch_id, date and a serial number. */
  readonly sendingNo: string;
  readonly openid: string;
}

/** Sends cash coupons and tells about them. Calls never reject and are bounded in time. */
export interface CouponGateway {
  sendCoupon(sending: CouponSending): Promise<CouponSendAnswer>;
  couponStock(stockId: string): Promise<CouponStockAnswer>;
  couponQuery(coupon: { couponId: string; stockId: string; openid: string }): Promise<CouponQueryAnswer>;
}

/** What the merchant's key is exchanged for, to play in WeChat Pay's own sandbox. */
export type SandboxKeyAnswer =
  | { readonly verdict: 'FOUND'; readonly key: Secret }
  | { readonly verdict: 'UNKNOWN'; readonly reason: Reason<CallTrouble> };
