import { beijingStamp } from '../../core/time.ts';
import type { Fields } from '../../main/gateway/wechat-v2/wire/sign.ts';
import { type Answer, fail } from '../answer.ts';
import type { Desk, Reply } from '../desk.ts';
import { answerAside } from '../payouts/make-payout.ts';
import type { SentCoupon } from '../payouts/payout-events.ts';
import { brokenRule, OPENID } from '../payouts/payout-fields.ts';

/** Any number stands for a batch: those beginning with 9 have ended, and those with 0 were never made. */
const STOCK_ID = /^\d{1,20}$/;
const STOCK = { name: '满10元减5元', valueFen: 500, minimumFen: 1000, total: 10_000, perCustomerMax: 1 };
const DAY_MS = 86_400_000;

/** Sends a customer a coupon: one for each number, and no more than the batch allows. */
export function sendCoupon(fields: Fields, desk: Desk, now: number): Reply {
  const broken = brokenRule(fields, { openid_count: { shape: /^1$/ }, partner_trade_no: { maxBytes: 32 } });
  if (broken) return { kind: 'answer', answer: broken };
  const number = fields.partner_trade_no ?? '';
  return answerAside('send_coupon', number, fields, desk, () => sendAnswer(number, fields, desk, now));
}

/** Says how a batch stands. */
export function queryCouponStock(fields: Fields, desk: Desk, now: number): Reply {
  const broken = brokenRule(fields, {});
  if (broken) return { kind: 'answer', answer: broken };
  const { coupon_stock_id: stockId = '' } = fields;
  return answerAside('query_coupon_stock', stockId, fields, desk, () => stockAnswer(stockId, desk, now));
}

/** Says how one customer's coupon stands. */
export function querycouponsinfo(fields: Fields, desk: Desk): Reply {
  const broken = brokenRule(fields, { coupon_id: { maxBytes: 20 }, stock_id: { maxBytes: 20 } });
  if (broken) return { kind: 'answer', answer: broken };
  const { coupon_id: couponId = '', openid = '' } = fields;
  return answerAside('querycouponsinfo', couponId, fields, desk, () => {
    const coupon = [...desk.ledger.payouts.coupons()].find((one) => one.couponId === couponId);
    const isTheirs = coupon?.openid === openid && coupon.stockId === fields.stock_id;
    return coupon && isTheirs ? couponAnswer(coupon) : fail('COUPON_NOT_FOUND', '券没有查找成功');
  });
}

function sendAnswer(number: string, fields: Fields, desk: Desk, now: number): Answer {
  const { coupon_stock_id: stockId = '', openid = '' } = fields;
  if (stockId === '') return fail('COUPON_STOCK_ID_EMPTY', '批次ID为空');
  if (!OPENID.test(openid)) return fail('OPEN_ID_EMPTY', '用户openid为空');
  const { payouts } = desk.ledger;
  const before = payouts.couponOf(number);
  if (before && (before.stockId !== stockId || before.openid !== openid)) return fail('PARAM_ERROR', '校验参数错误');
  if (before) return sentAnswer(before);
  if (!STOCK_ID.test(stockId) || stockId.startsWith('0')) return fail('STOCK_IS_NOT_VALID', '抱歉，该代金券已失效');
  if (stockId.startsWith('9')) return fail('AL_STOCK_OVER', '活动已结束');
  const coupons = [...payouts.coupons()];
  const held = coupons.filter((one) => one.stockId === stockId && one.openid === openid);
  if (held.length >= STOCK.perCustomerMax) return fail('USER_AL_GET_COUPON', '你已领取过该代金券');
  return sentAnswer(payouts.sendCoupon({ number, stockId, openid, couponId: String(6954 + coupons.length) }, now));
}

function sentAnswer({ stockId, openid, couponId }: SentCoupon): Answer {
  return {
    result: 'SUCCESS',
    fields: {
      coupon_stock_id: stockId,
      resp_count: '1',
      success_count: '1',
      failed_count: '0',
      openid,
      ret_code: 'SUCCESS',
      coupon_id: couponId,
    },
  };
}

/** `coupon_mininumn` here and `coupon_mininum` below are the API's own spellings. */
function stockAnswer(stockId: string, desk: Desk, now: number): Answer {
  if (stockId === '') return fail('COUPON_STOCK_ID_EMPTY', '批次ID为空');
  if (!STOCK_ID.test(stockId)) return fail('COUPON_STOCK_ID_NOT_VALID', '批次id不正确');
  if (stockId.startsWith('0')) return fail('COUPON_STOCK_NOT_FOUND', '批次信息不存在');
  const sent = [...desk.ledger.payouts.coupons()].filter((coupon) => coupon.stockId === stockId).length;
  return {
    result: 'SUCCESS',
    fields: {
      coupon_stock_id: stockId,
      coupon_name: STOCK.name,
      coupon_value: String(STOCK.valueFen),
      coupon_mininumn: String(STOCK.minimumFen),
      coupon_type: '1',
      coupon_stock_status: stockId.startsWith('9') ? '16' : '4',
      coupon_total: String(STOCK.total),
      max_quota: String(STOCK.perCustomerMax),
      locked_num: '0',
      used_num: '0',
      is_send_num: String(sent),
      begin_time: beijingStamp(now - DAY_MS),
      end_time: beijingStamp(now + 30 * DAY_MS),
      create_time: beijingStamp(now - DAY_MS),
      coupon_budget: String(STOCK.valueFen * STOCK.total),
    },
  };
}

function couponAnswer({ stockId, openid, couponId, sentAt }: SentCoupon): Answer {
  return {
    result: 'SUCCESS',
    fields: {
      coupon_stock_id: stockId,
      coupon_type: '1',
      coupon_id: couponId,
      openid,
      coupon_value: String(STOCK.valueFen),
      coupon_mininum: String(STOCK.minimumFen),
      coupon_name: STOCK.name,
      coupon_state: 'SENDED',
      coupon_desc: STOCK.name,
      coupon_use_value: '0',
      coupon_remain_value: String(STOCK.valueFen),
      begin_time: beijingStamp(sentAt),
      end_time: beijingStamp(sentAt + 30 * DAY_MS),
      send_time: beijingStamp(sentAt),
      is_partial_use: '0',
    },
  };
}
