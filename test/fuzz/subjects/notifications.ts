import { fen } from '../../../src/core/money.ts';
import { hearNotification } from '../../../src/main/gateway/wechat-v2/notifications/hear.ts';
import type { Heard } from '../../../src/main/gateway/wechat-v2/notifications/notification.ts';
import { encryptReqInfo } from '../../../src/main/gateway/wechat-v2/wire/req-info.ts';
import { sign } from '../../../src/main/gateway/wechat-v2/wire/sign.ts';
import { buildXml } from '../../../src/main/gateway/wechat-v2/wire/xml.ts';
import type { Chance } from '../../simulation/chance.ts';
import { hostile } from '../hostile.ts';
import { mutated } from '../mutate.ts';
import { readFlat, signedPart } from '../reference-reader.ts';
import type { Input, Subject } from '../subject.ts';
import { apiKey, appId, mchId } from './exchanges.ts';

const OUT_TRADE_NO = 'T0000001';
const AMOUNT_FEN = fen(888);
const FROM_THE_GATEWAY = { return_code: 'SUCCESS', appid: appId, mch_id: mchId, nonce_str: 'n0nce' };
const MERCHANT = { appId, mchId, apiKey, signType: 'HMAC-SHA256' } as const;

/** What WeChat Pay tells of its own accord: heard only as it was signed, and as far as it is about an order of ours. */
export async function notifications(): Promise<Subject> {
  const genuine = [payment(), refund(REFUND)];
  const signed = signedPart(payment());
  return {
    make(chance) {
      if (chance.happens(0.1)) return hostile(chance);
      if (chance.happens(0.3)) return refundOf(chance);
      return mutated(chance.pick(genuine), chance, genuine);
    },
    async judge({ bytes }) {
      const heard = hearNotification(bytes, MERCHANT, {
        amountOf: (outTradeNo) => (outTradeNo === OUT_TRADE_NO ? AMOUNT_FEN : undefined),
      });
      return wrongReply(heard) ?? wrongEvent(heard, signedPart(bytes) === signed);
    },
  };
}

function wrongReply(heard: Heard): string | undefined {
  const said = readFlat(Buffer.from(heard.reply))?.get('return_code');
  return said === ('event' in heard ? 'SUCCESS' : 'FAIL') ? undefined : `answered ${heard.reply}`;
}

/** A refund's has no signature, so of that only the order and the amounts can be held against anything. */
function wrongEvent(heard: Heard, isSigned: boolean): string | undefined {
  if (!('event' in heard)) return undefined;
  const { event } = heard;
  if (event.kind !== 'refund') {
    return isSigned ? undefined : `heard a ${event.kind} that was not signed`;
  }
  const { outTradeNo, totalFen, refund } = event;
  const isOurs = outTradeNo === OUT_TRADE_NO && totalFen === AMOUNT_FEN;
  return isOurs && refund.refundFen > 0 && refund.refundFen <= AMOUNT_FEN ? undefined : 'heard a refund of nobody’s';
}

function payment(): Buffer {
  const fields = {
    ...FROM_THE_GATEWAY,
    result_code: 'SUCCESS',
    openid: 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o',
    trade_type: 'NATIVE',
    bank_type: 'OTHERS',
    total_fee: String(AMOUNT_FEN),
    cash_fee: '788',
    coupon_fee: '100',
    transaction_id: '4200000000202601020000000001',
    out_trade_no: OUT_TRADE_NO,
    attach: 'till=1 & more',
    time_end: '20260102100511',
  };
  return Buffer.from(buildXml({ ...fields, sign: sign(fields, apiKey, 'HMAC-SHA256') }));
}

const REFUND = {
  transaction_id: '4200000000202601020000000001',
  out_trade_no: OUT_TRADE_NO,
  refund_id: '50300000002026010200000000001',
  out_refund_no: 'R0000001',
  total_fee: String(AMOUNT_FEN),
  refund_fee: '300',
  refund_status: 'SUCCESS',
  success_time: '2026-01-02 10:06:00',
  refund_recv_accout: '支付用户零钱',
};

function refund(inner: string | object): Buffer {
  const text = typeof inner === 'string' ? inner : buildXml({ ...inner }, 'root');
  return Buffer.from(buildXml({ ...FROM_THE_GATEWAY, req_info: encryptReqInfo(text, apiKey) }));
}

/** By somebody who has the key, which is all that a refund's notification proves; what is inside may be anything. */
function refundOf(chance: Chance): Input {
  const inner = Buffer.from(buildXml(REFUND, 'root'));
  const { about, bytes } = chance.happens(0.2) ? hostile(chance) : mutated(inner, chance);
  // Text of more than a message's size would not even be looked at.
  return { about: `req_info: ${about}`, bytes: refund(bytes.toString('utf8').slice(0, 30_000)) };
}
