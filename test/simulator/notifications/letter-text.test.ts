import { describe, expect, it } from 'vitest';
import { fen } from '../../../src/core/money.ts';
import { seededRandom } from '../../../src/core/random.ts';
import { hearNotification } from '../../../src/main/gateway/wechat-v2/notifications/hear.ts';
import type { SignType } from '../../../src/main/gateway/wechat-v2/wire/sign.ts';
import { xmlSafe } from '../../../src/main/gateway/wechat-v2/wire/xml.ts';
import { lettersOf } from '../../../src/simulator/ledger/letters.ts';
import type { SimOrder } from '../../../src/simulator/ledger/order.ts';
import { letterXml } from '../../../src/simulator/notifications/letter-text.ts';
import { SAMPLE_MERCHANT } from '../../../src/simulator/options.ts';
import { openCounter, PAY_FIELDS } from '../support/counter.ts';

const random = seededRandom(916);
const upTo = (most: number) => 1 + Math.floor(random() * most);
const someText = () =>
  xmlSafe(Array.from({ length: upTo(20) }, () => String.fromCodePoint(32 + upTo(0x9fff))).join('')).slice(0, 30);

/** An order that was placed, paid with or without a coupon, and refunded in part. */
function someOrder(signType: SignType): SimOrder {
  const counter = openCounter({ signType, delays: { refundMs: 0 } });
  const total_fee = String(upTo(99_999));
  const order = { ...PAY_FIELDS, out_trade_no: 'T0000001', total_fee, attach: someText(), product_id: 'P1' };
  const placing = { ...order, trade_type: 'NATIVE', notify_url: 'http://127.0.0.1:9/' };
  const { code_url = '' } = counter.ask('/pay/unifiedorder', placing) ?? {};
  counter.service.visitors.pay(code_url, random() < 0.5 ? 'coupon' : 'pays');
  const refund_fee = String(upTo(Number(total_fee)));
  const refund = { out_trade_no: 'T0000001', out_refund_no: 'R1', total_fee, refund_fee };
  counter.ask('/secapi/pay/refund', { ...refund, notify_url: 'http://127.0.0.1:9/' });
  const found = counter.ledger.find({ outTradeNo: 'T0000001' });
  if (!found) throw new Error('The order was not placed');
  return found;
}

describe('what the simulator announces', () => {
  it.each<SignType>(['MD5', 'HMAC-SHA256'])('is heard by the till as it was, to the fen (%s)', (signType) => {
    for (let round = 0; round < 100; round++) {
      const order = someOrder(signType);
      const { amountFen, couponFen, outTradeNo, transactionId, refunds } = order;
      const hear = (xml: string) =>
        hearNotification(Buffer.from(xml), { ...SAMPLE_MERCHANT, signType }, { amountOf: () => amountFen });
      const [payment, refund] = lettersOf(order).map((letter) =>
        hear(letterXml(letter, order, SAMPLE_MERCHANT, 'n0nce')),
      );
      expect(payment).toMatchObject({
        event: {
          kind: 'payment',
          outTradeNo,
          settlement: { transactionId, totalFen: amountFen, couponFen, cashFen: fen(amountFen - couponFen) },
        },
      });
      expect(refund).toMatchObject({
        event: {
          kind: 'refund',
          outTradeNo,
          transactionId,
          totalFen: amountFen,
          refund: {
            outRefundNo: 'R1',
            refundId: refunds[0]?.refundId,
            refundFen: refunds[0]?.refundFen,
            state: 'SUCCESS',
          },
        },
      });
    }
  });
});
