import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { fen } from '../../../../../src/core/money.ts';
import type { PayoutAnswer } from '../../../../../src/core/payout-answer.ts';
import { Secret } from '../../../../../src/core/secret.ts';
import type { WireEvent } from '../../../../../src/main/gateway/wechat-v2/transport/transport.ts';
import type { BareReply, DeformedReply, Fault } from '../../../../../src/simulator/behaviour/behaviour.ts';
import { PACKET, payoutShops, TO_BALANCE, TO_BANK } from '../support/payout-shop.ts';

/* Payouts of the client against the simulator, over real TLS with the client certificate. */

const openShop = payoutShops();
type Shop = Awaited<ReturnType<typeof openShop>>;

async function bankKey({ payouts }: Shop): Promise<string> {
  const answer = await payouts.bankKey();
  if (answer.verdict !== 'FOUND') throw new Error(JSON.stringify(answer));
  return answer.publicKeyPem;
}

/** Any RSA key will do where nothing is to be decrypted. */
const KEY_PEM = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ type: 'pkcs1', format: 'pem' });

/** Each way of paying out: the call, the question for it, and what the two are called on the wire. */
const WAYS = [
  {
    way: 'a red packet',
    endpoint: 'sendredpack',
    amountFen: PACKET.amountFen,
    feeFen: 0,
    pay: ({ payouts }: Shop, changes: { amountFen?: typeof PACKET.amountFen } = {}) =>
      payouts.sendRedPacket({ ...PACKET, ...changes }),
    ask: ({ payouts }: Shop) => payouts.redPacketQuery(PACKET),
  },
  {
    way: 'a payment to a balance',
    endpoint: 'transfers',
    amountFen: TO_BALANCE.amountFen,
    feeFen: 0,
    pay: ({ payouts }: Shop, changes: { amountFen?: typeof PACKET.amountFen } = {}) =>
      payouts.payToBalance({ ...TO_BALANCE, ...changes }),
    ask: ({ payouts }: Shop) => payouts.balancePayoutQuery(TO_BALANCE),
  },
  {
    way: 'a payment to a bank card',
    endpoint: 'pay_bank',
    amountFen: TO_BANK.amountFen,
    feeFen: 200,
    pay: async (shop: Shop, changes: { amountFen?: typeof PACKET.amountFen } = {}) =>
      shop.payouts.payToBank({ ...TO_BANK, ...changes }, await bankKey(shop)),
    ask: ({ payouts }: Shop) => payouts.bankPayoutQuery(TO_BANK),
  },
] as const;

describe.each(WAYS)('$way', ({ endpoint, amountFen, feeFen, pay, ask }) => {
  const faulty = (fault: Fault) => openShop({ rules: [{ when: { endpoint, nth: 1 }, fault }] });

  it('is accepted, and found in the end', async () => {
    const shop = await openShop({ payouts: { delayMs: 0 } });
    const accepted = await pay(shop);
    if (accepted.verdict !== 'ACCEPTED') throw new Error(JSON.stringify(accepted));
    const { gatewayNo } = accepted.payout;
    expect(accepted.payout.feeFen).toBe(feeFen);
    expect(await ask(shop)).toMatchObject({
      verdict: 'FOUND',
      payout: { gatewayNo, state: 'SUCCEEDED', amountFen, feeFen, succeededAt: expect.stringMatching(/^\d{4}-/) },
    });
    expect(shop.simulator.books()).toMatchObject({ paidOutFen: amountFen, netFen: -amountFen - feeFen });
    expect(shop.simulator.payouts()).toMatchObject([{ gatewayNo, amountFen, feeFen, state: 'DONE' }]);
  });

  it('asked for twice is made once', async () => {
    const shop = await openShop();
    expect(await pay(shop)).toEqual(await pay(shop));
    expect(shop.simulator.books().paidOutFen).toBe(amountFen);
  });

  it('of another amount under a used number is UNKNOWN, and nothing more goes out', async () => {
    const shop = await openShop();
    await pay(shop);
    const other = await pay(shop, { amountFen: fen(amountFen + 1) });
    expect(other).toMatchObject({ verdict: 'UNKNOWN', reason: { code: 'PAYOUT_NUMBER_USED' } });
    expect(shop.simulator.books().paidOutFen).toBe(amountFen);
  });

  it('that nobody has heard of is NOT_FOUND', async () => {
    expect(await ask(await openShop())).toEqual({ verdict: 'NOT_FOUND' });
  });

  it('that the account is too empty for can be asked for again, after a top-up', async () => {
    const shop = await openShop({ payouts: { floatFen: fen(amountFen + feeFen - 1) } });
    expect(await pay(shop)).toMatchObject({ verdict: 'AGAIN', reason: { code: 'MERCHANT_BALANCE_LOW' } });
    expect(shop.simulator.books()).toMatchObject({ paidOutFen: 0, payoutFeesFen: 0 });
  });

  it.each<[what: string, reply: BareReply | DeformedReply, code: string]>([
    ['no answer', { kind: 'lost' }, 'NO_REPLY'],
    ['SYSTEMERROR', { kind: 'error', errCode: 'SYSTEMERROR' }, 'GATEWAY_BUSY'],
    ['a code of tomorrow', { kind: 'error', errCode: 'NEVER_HEARD_OF' }, 'UNLISTED'],
    ['a bad gateway', { kind: 'http', status: 502 }, 'GATEWAY_BUSY'],
    ['half an answer', { kind: 'garbled' }, 'BAD_REPLY'],
    ['a signature that is there and wrong', { kind: 'bad-sign' }, 'BAD_SIGNATURE'],
  ])('that was made and answered by %s is UNKNOWN, found by its number, and not made twice', async (_, reply, code) => {
    const shop = await faulty({ work: 'done', reply });
    expect(await pay(shop)).toMatchObject({ verdict: 'UNKNOWN', reason: { code } });
    expect((await ask(shop)).verdict).toBe('FOUND');
    expect((await pay(shop)).verdict).toBe('ACCEPTED');
    expect(shop.simulator.books().paidOutFen).toBe(amountFen);
  });

  it.each<[what: string, reply: BareReply]>([
    ['no answer', { kind: 'lost' }],
    ['an unsigned "system error"', { kind: 'return-fail', returnMsg: 'system error' }],
  ])('that came to nothing behind %s is as UNKNOWN, until a question finds nothing', async (_, reply) => {
    const shop = await faulty({ work: 'skipped', reply });
    expect((await pay(shop)).verdict).toBe('UNKNOWN');
    expect(await ask(shop)).toEqual({ verdict: 'NOT_FOUND' });
    expect((await pay(shop)).verdict).toBe('ACCEPTED');
    expect(shop.simulator.books().paidOutFen).toBe(amountFen);
  });

  it('to a gateway that cannot be reached was surely not made', async () => {
    const shop = await openShop();
    await shop.simulator.close();
    const answer: PayoutAnswer =
      endpoint === 'pay_bank' ? await shop.payouts.payToBank(TO_BANK, KEY_PEM.toString()) : await pay(shop);
    expect(answer).toMatchObject({ verdict: 'AGAIN', reason: { code: 'NOT_SENT' } });
    expect(await ask(shop)).toMatchObject({ verdict: 'UNKNOWN', reason: { code: 'NO_REPLY' } });
  });

  it('without a client certificate is UNKNOWN, and the certificate is named as the cause', async () => {
    const shop = await openShop({}, { clientCertificate: undefined });
    const answer =
      endpoint === 'pay_bank' ? await shop.payouts.payToBank(TO_BANK, KEY_PEM.toString()) : await pay(shop);
    expect(answer).toMatchObject({ verdict: 'UNKNOWN', reason: { code: 'BAD_CERTIFICATE' } });
    expect(await ask(shop)).toMatchObject({ verdict: 'UNKNOWN', reason: { code: 'BAD_CERTIFICATE' } });
    expect(shop.simulator.books().paidOutFen).toBe(0);
  });
});

describe('a red packet', () => {
  it('waits to be opened', async () => {
    const shop = await openShop();
    await shop.payouts.sendRedPacket(PACKET);
    expect(await shop.payouts.redPacketQuery(PACKET)).toMatchObject({ payout: { state: 'WAITING', returnedFen: 0 } });
  });

  it('for several is accepted and found whole', async () => {
    const { payouts } = await openShop({ payouts: { delayMs: 0 } });
    const group = { ...PACKET, amountFen: fen(1000), people: 3 };
    expect((await payouts.sendGroupRedPacket(group)).verdict).toBe('ACCEPTED');
    expect(await payouts.redPacketQuery(group)).toMatchObject({ payout: { state: 'SUCCEEDED', amountFen: 1000 } });
  });

  it.each([99, 20_001])('of %i fen is refused, unless a scene is named', async (amount) => {
    const { payouts } = await openShop();
    const packet = { ...PACKET, amountFen: fen(amount) };
    expect(await payouts.sendRedPacket(packet)).toMatchObject({
      verdict: 'REFUSED',
      reason: { code: 'AMOUNT_NOT_ALLOWED', gatewayCode: 'MONEY_LIMIT' },
    });
    expect((await payouts.sendRedPacket({ ...packet, scene: 'PRODUCT_2' })).verdict).toBe('ACCEPTED');
  });
});

describe('a payout that fails', () => {
  it('is REFUSED with its number used up, found FAILED, and costs nothing', async () => {
    const { payouts, simulator } = await openShop({ payouts: { end: 'FAILED', delayMs: 0 } });
    const failed = { verdict: 'REFUSED', reason: { code: 'PAYOUT_FAILED', gatewayCode: 'SEND_FAILED' } };
    expect(await payouts.payToBalance(TO_BALANCE)).toMatchObject(failed);
    expect(await payouts.payToBalance(TO_BALANCE)).toMatchObject(failed);
    expect(await payouts.balancePayoutQuery(TO_BALANCE)).toMatchObject({
      payout: { state: 'FAILED', failure: '付款失败' },
    });
    expect(simulator.books()).toMatchObject({ paidOutFen: 0, payoutFeesFen: 0, netFen: 0 });
  });

  it('at the bank, later, brings back the amount and the fee', async () => {
    const shop = await openShop({ payouts: { end: 'RETURNED', delayMs: 0 } });
    await shop.payouts.payToBank(TO_BANK, await bankKey(shop));
    expect(await shop.payouts.bankPayoutQuery(TO_BANK)).toMatchObject({
      payout: { state: 'RETURNED', returnedFen: TO_BANK.amountFen, failure: '银行卡信息有误' },
    });
    expect(shop.simulator.books().netFen).toBe(0);
  });
});

describe('a payment to a balance', () => {
  it('has the name checked only when one is given', async () => {
    const { payouts } = await openShop();
    const named = { ...TO_BALANCE, realName: new Secret('王小王') };
    expect((await payouts.payToBalance(named)).verdict).toBe('ACCEPTED');
  });
});

describe('a question for a payout', () => {
  it('about another amount than was paid is UNKNOWN', async () => {
    const { payouts } = await openShop();
    await payouts.payToBalance(TO_BALANCE);
    expect(await payouts.balancePayoutQuery({ ...TO_BALANCE, amountFen: fen(1) })).toMatchObject({
      verdict: 'UNKNOWN',
      reason: { code: 'REPLY_MISMATCH', gatewayText: 'payment_amount' },
    });
  });

  it('is asked again of the next host when the first left it in doubt; a payout is not', async () => {
    const lost = { work: 'skipped', reply: { kind: 'lost' } } as const;
    const rules = [
      { when: { endpoint: 'transfers', nth: 1 }, fault: lost },
      { when: { endpoint: 'gettransferinfo', nth: 1 }, fault: lost },
    ] as const;
    const wires: WireEvent[] = [];
    const { simulator } = await openShop({ rules, plainPort: 0 });
    const second = await openShop(
      {},
      {
        hosts: [simulator.baseUrl, `http://127.0.0.1:${simulator.plainPort}`],
        onWire: (event) => wires.push(event),
      },
    );
    const sendings = (call: WireEvent['call']) =>
      wires.filter((event) => event.type === 'sending' && event.call === call).length;
    expect((await second.payouts.payToBalance(TO_BALANCE)).verdict).toBe('UNKNOWN');
    expect(sendings('balancePayout')).toBe(1);
    expect(await second.payouts.balancePayoutQuery(TO_BALANCE)).toEqual({ verdict: 'NOT_FOUND' });
    expect(sendings('balancePayoutQuery')).toBe(2);
  });
});

describe('the sandbox’s key', () => {
  it('is a secret', async () => {
    const { gateway } = await openShop();
    const answer = await gateway.sandboxKey();
    if (answer.verdict !== 'FOUND') throw new Error(JSON.stringify(answer));
    expect(answer.key.reveal()).toMatch(/^[0-9a-f]{32}$/);
    expect(JSON.stringify(answer)).not.toContain(answer.key.reveal());
  });

  it('is not had with a wrong key of one’s own', async () => {
    const { gateway } = await openShop({}, { apiKey: new Secret('0'.repeat(32)) });
    expect(await gateway.sandboxKey()).toMatchObject({ verdict: 'UNKNOWN', reason: { code: 'BAD_CONFIG' } });
  });
});
