import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { inspect } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { Secret } from '../../../../../src/core/secret.ts';
import { createWechatV2Gateway } from '../../../../../src/main/gateway/wechat-v2/client.ts';
import type { WireEvent } from '../../../../../src/main/gateway/wechat-v2/transport/transport.ts';
import { createSystemClock } from '../../../../../src/main/system-clock.ts';
import type { Certificates } from '../../../../../src/simulator/certificates/certificates.ts';
import { mintCertificates } from '../../../../../src/simulator/certificates/mint.ts';
import { PACKET, TO_BALANCE, TO_BANK } from '../support/payout-shop.ts';
import { MERCHANT, xml } from '../support/replies.ts';
import { type StubCall, startStub } from '../support/stub-gateway.ts';

let certificates: Certificates;
beforeAll(async () => {
  certificates = await mintCertificates(MERCHANT.mchId, Date.now());
});

const KEY = MERCHANT.apiKey.reveal();
const [CARD, NAME] = [TO_BANK.cardNumber.reveal(), TO_BANK.holder.reveal()];
const PEM = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ type: 'pkcs1', format: 'pem' });

/** A gateway that says back all it could know is the worst that can happen to a log. */
const quote = () => `${NAME} ${CARD} ${KEY} `;
const failed = { return_code: 'SUCCESS', result_code: 'FAIL' };

const reactions: [what: string, react: (call: StubCall) => void][] = [
  ['quotes them in an error', ({ response }) => response.end(xml({ ...failed, err_code: 'X', err_code_des: quote() }))],
  ['quotes one as an error code', ({ response }) => response.end(xml({ ...failed, err_code: CARD }))],
  ['quotes them unsigned', ({ response }) => response.end(xml({ return_code: 'FAIL', return_msg: quote() }))],
  ['quotes them instead of XML', ({ response }) => response.end(quote())],
  ['cuts the line', ({ socket }) => socket.destroy()],
];

describe('what a payout gives away', () => {
  it.each(reactions)('never holds card number, name or key when the gateway %s', async (_, react) => {
    await using stub = await startStub(certificates, react);
    const events: WireEvent[] = [];
    const { payouts, close } = createWechatV2Gateway({
      ...MERCHANT,
      hosts: [stub.baseUrl],
      ca: certificates.caPem,
      random: randomBytes,
      clock: createSystemClock(),
      onWire: (event) => events.push(event),
    });
    const named = { ...TO_BALANCE, realName: new Secret(NAME) };
    const answers = [await payouts.payToBank(TO_BANK, PEM.toString()), await payouts.payToBalance(named)];
    await close();

    expect(answers.map(({ verdict }) => verdict)).toEqual(['UNKNOWN', 'UNKNOWN']);
    const [toBank, toBalance] = stub.calls;
    expect(JSON.stringify(toBank?.fields)).not.toMatch(new RegExp(`${CARD}|${NAME}`));
    expect(toBalance?.fields).toMatchObject({ check_name: 'FORCE_CHECK', re_user_name: NAME });
    const given = [answers, events, TO_BANK, named];
    const printed = `${inspect(given, { depth: 20, showHidden: true, maxStringLength: null })}${JSON.stringify(given)}`;
    expect(events.length).toBeGreaterThan(3);
    for (const secret of [CARD, NAME, KEY]) expect(printed).not.toContain(secret);
  });

  it('is signed with MD5, without a sign_type, and by the ids that each call wants', async () => {
    await using stub = await startStub(certificates, ({ response }) => response.end(xml(failed)));
    const { payouts, coupons, sandboxKey, close } = createWechatV2Gateway({
      ...MERCHANT,
      hosts: [stub.baseUrl],
      ca: certificates.caPem,
      random: randomBytes,
      clock: createSystemClock(),
    });
    const packet = { billNo: 'B1', amountFen: TO_BALANCE.amountFen, openid: 'o1', sender: 'a', wishing: 'b' };
    const whole = { ...packet, activity: 'c', remark: 'd' };
    await payouts.sendRedPacket(whole);
    await payouts.sendGroupRedPacket({ ...whole, people: 3 });
    await payouts.redPacketQuery(packet);
    await payouts.payToBalance(TO_BALANCE);
    await payouts.balancePayoutQuery(TO_BALANCE);
    await payouts.payToBank(TO_BANK, PEM.toString());
    await payouts.bankPayoutQuery(TO_BANK);
    await payouts.bankKey();
    await coupons.couponStock('1');
    await sandboxKey();
    await close();

    const IDS = ['appid', 'wxappid', 'mch_appid', 'mch_id', 'mchid', 'sign_type'];
    expect(stub.calls.map(({ path, fields }) => [path, ...IDS.filter((name) => name in fields)])).toEqual([
      ['/mmpaymkttransfers/sendredpack', 'wxappid', 'mch_id'],
      ['/mmpaymkttransfers/sendgroupredpack', 'wxappid', 'mch_id'],
      ['/mmpaymkttransfers/gethbinfo', 'appid', 'mch_id'],
      ['/mmpaymkttransfers/promotion/transfers', 'mch_appid', 'mchid'],
      ['/mmpaymkttransfers/gettransferinfo', 'appid', 'mch_id'],
      ['/mmpaysptrans/pay_bank', 'mch_id'],
      ['/mmpaysptrans/query_bank', 'mch_id'],
      ['/risk/getpublickey', 'mch_id', 'sign_type'],
      ['/mmpaymkttransfers/query_coupon_stock', 'appid', 'mch_id'],
      ['/xdc/apiv2getsignkey/sign/getsignkey', 'mch_id'],
    ]);
    for (const { fields } of stub.calls) expect(fields.sign).toMatch(/^[0-9A-F]{32}$/);
  });

  it('for a sub-merchant is a red packet in its name, or nothing: the provider’s own money is not touched', async () => {
    await using stub = await startStub(certificates, ({ response }) => response.end(xml(failed)));
    const { payouts, coupons, close } = createWechatV2Gateway({
      ...MERCHANT,
      subMchId: '1900000109',
      subAppId: 'wx8888888888888888',
      hosts: [stub.baseUrl],
      ca: certificates.caPem,
      random: randomBytes,
      clock: createSystemClock(),
    });
    const notSent = { verdict: 'AGAIN', reason: { code: 'NO_PERMISSION' } };
    expect(await payouts.payToBalance(TO_BALANCE)).toMatchObject(notSent);
    expect(await payouts.payToBank(TO_BANK, PEM.toString())).toMatchObject(notSent);
    expect(await coupons.sendCoupon({ stockId: '1', sendingNo: '1', openid: 'o1' })).toMatchObject(notSent);
    expect(stub.calls).toEqual([]);

    await payouts.sendRedPacket(PACKET);
    await close();
    expect(stub.calls[0]?.fields).toMatchObject({
      wxappid: MERCHANT.appId,
      mch_id: MERCHANT.mchId,
      sub_mch_id: '1900000109',
      msgappid: 'wx8888888888888888',
    });
  });
});
