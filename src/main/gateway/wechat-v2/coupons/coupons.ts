import type { CouponGateway } from '../../payout-gateway.ts';
import type { Merchant } from '../merchant.ts';
import type { SideExchange } from '../side-exchange.ts';
import { readCouponQueryAnswer, readCouponSendAnswer, readCouponStockAnswer } from './coupon-answer.ts';

export interface CouponParts {
  readonly merchant: Merchant;
  readonly timeouts: { readonly payoutMs: number; readonly queryMs: number };
  readonly exchange: SideExchange;
}

/** The coupon part of the client. Its answers are signed with MD5, whatever payments are signed with. */
export function createCoupons({ merchant, timeouts, exchange }: CouponParts): CouponGateway {
  const { appId, mchId } = merchant;
  const ids = { appid: appId, mch_id: mchId };
  // No coupon call names a sub-merchant: it would be the service provider's coupons that are given away.
  const signer: Merchant = { appId, mchId, apiKey: merchant.apiKey, signType: 'MD5' };

  return {
    /** @see WeChat Pay API v2, coupons (chapter 12_3) */
    async sendCoupon(sending) {
      if (merchant.subMchId !== undefined) {
        return { verdict: 'AGAIN', reason: { code: 'NO_PERMISSION', gatewayText: 'sub_mch_id' } };
      }
      const { stockId, sendingNo, openid } = sending;
      const fields = { ...ids, coupon_stock_id: stockId, openid_count: '1', partner_trade_no: sendingNo, openid };
      const reply = await exchange.ask('couponSend', fields, timeouts.payoutMs);
      if (reply.got === 'message') return readCouponSendAnswer(reply.fields, signer, sending);
      return { verdict: reply.sent ? 'UNKNOWN' : 'AGAIN', reason: reply.reason };
    },
    /** @see WeChat Pay API v2, coupons (chapter 12_4) */
    async couponStock(stockId) {
      const reply = await exchange.ask('couponStock', { ...ids, coupon_stock_id: stockId }, timeouts.queryMs);
      if (reply.got === 'message') return readCouponStockAnswer(reply.fields, signer, stockId);
      return { verdict: 'UNKNOWN', reason: reply.reason };
    },
    /** @see WeChat Pay API v2, coupons (chapter 12_5) */
    async couponQuery(coupon) {
      const { couponId, stockId, openid } = coupon;
      const fields = { ...ids, coupon_id: couponId, stock_id: stockId, openid };
      const reply = await exchange.ask('couponQuery', fields, timeouts.queryMs);
      if (reply.got === 'message') return readCouponQueryAnswer(reply.fields, signer, coupon);
      return { verdict: 'UNKNOWN', reason: reply.reason };
    },
  };
}
