import { describe, expect, it } from 'vitest';
import { fen } from '../../src/core/money.ts';
import type { FoundOrder, OrderState } from '../../src/core/order-look-up.ts';
import { findingNext, findingText } from '../../src/core/static-advice.ts';
import {
  type Evidence,
  type Finding,
  judgeLookUp,
  judgeProof,
  type KnownOrder,
  PROOF_AFTER_MS,
  PROOF_BEFORE_MS,
} from '../../src/core/static-proof.ts';
import { beijingStamp } from '../../src/core/time.ts';
import { aSettlement } from '../fixtures/ledger.ts';

/** A full second: the gateway's times have no smaller part. */
const ACCEPTED_AT = Date.UTC(2026, 0, 2, 2, 5, 11);
const ID = '4200000000202601020000000007';
const NEEDED = { amountFen: fen(1_230), acceptedAt: ACCEPTED_AT, gateway: 'wechat-v2:1900000109' };
const EVIDENCE: Evidence = {
  gateway: NEEDED.gateway,
  state: 'PAID',
  outTradeNo: '100012026',
  transactionId: ID,
  totalFen: fen(1_230),
  timeEnd: beijingStamp(ACCEPTED_AT),
  tradeType: 'JSAPI',
};

const judge = (changes: Partial<Evidence> = {}, known: KnownOrder = {}) =>
  judgeProof(NEEDED, { ...EVIDENCE, ...changes }, known);

describe('an order proves a payment on the static code', () => {
  it('when it was paid to the same merchant, the same amount, about then, and belongs to nobody else', () => {
    expect(judge()).toEqual({ proof: { transactionId: ID, outTradeNo: '100012026', paidAt: ACCEPTED_AT } });
  });

  it.each<[string, Partial<Evidence>, KnownOrder, Finding['code']]>([
    ['it is a payment of this till', {}, { ownSale: '0001-01-000001' }, 'OWN_PAYMENT'],
    ['it has paid another sale already', {}, { usedFor: '0001-01-000002' }, 'USED'],
    ['a code was scanned for it at another till', { tradeType: 'MICROPAY' }, {}, 'TILL_PAYMENT'],
    ['it was paid to another merchant', { gateway: 'simulator' }, {}, 'OTHER_MERCHANT'],
    ['it is a fen more', { totalFen: fen(1_231) }, {}, 'OTHER_AMOUNT'],
    ['it is a fen less', { totalFen: fen(1_229) }, {}, 'OTHER_AMOUNT'],
    ['money of it went back', { state: 'REFUNDED' }, {}, 'REFUNDED'],
    ['its time cannot be read', { timeEnd: 'yesterday' }, {}, 'NOT_KNOWN'],
    ['it says no amount', { totalFen: undefined }, {}, 'NOT_PAID'],
  ])('not when %s', (_, changes, known, code) => {
    expect(judge(changes, known)).toMatchObject({ finding: { code } });
  });

  it.each<OrderState>(['NOT_PAID', 'AWAITING_PASSWORD', 'ACCEPTED', 'FAILED', 'REVERSED', 'CLOSED', 'UNKNOWN'])(
    'not in the state %s',
    (state) => expect(judge({ state })).toEqual({ finding: { code: 'NOT_PAID' } }),
  );

  it.each([
    ['ten minutes before', -PROOF_BEFORE_MS, true],
    ['a second earlier than that', -PROOF_BEFORE_MS - 1_000, false],
    ['a day after', PROOF_AFTER_MS, true],
    ['a second later than that', PROOF_AFTER_MS + 1_000, false],
  ])('%s: %#', (_, offsetMs, proves) => {
    expect('proof' in judge({ timeEnd: beijingStamp(ACCEPTED_AT + offsetMs) })).toBe(proves);
  });
});

describe('a look-up', () => {
  const asked = { gateway: NEEDED.gateway, transactionId: ID };
  const order: FoundOrder = {
    state: 'PAID',
    gatewayState: 'SUCCESS',
    gatewayText: '',
    outTradeNo: '100012026',
    transactionId: ID,
    settlement: aSettlement({ transactionId: ID, timeEnd: beijingStamp(ACCEPTED_AT) }),
    tradeType: 'JSAPI',
    deviceInfo: '',
    attach: '',
  };

  it('that finds the money proves it, and asks the books about the very order that was found', () => {
    const verdict = judgeLookUp(NEEDED, asked, { verdict: 'FOUND', order }, (outTradeNo) => {
      expect(outTradeNo).toBe('100012026');
      return {};
    });
    expect(verdict).toMatchObject({ proof: { transactionId: ID } });
  });

  it.each([
    [{ verdict: 'NOT_FOUND' }, { code: 'NOT_FOUND' }],
    [
      { verdict: 'UNKNOWN', reason: { code: 'NOT_SENT' } },
      { code: 'NOT_KNOWN', reason: { code: 'NOT_SENT' } },
    ],
  ] as const)('that answers %o is no proof', (answer, finding) => {
    expect(judgeLookUp(NEEDED, asked, answer, () => ({}))).toEqual({ finding });
  });
});

it('every finding is told in both languages, with what to do', () => {
  const findings: Finding[] = [
    { code: 'OWN_PAYMENT', saleNumber: '0001-01-000123' },
    { code: 'USED', saleNumber: '0001-01-000124' },
    { code: 'OTHER_AMOUNT', amountFen: fen(1_200) },
    { code: 'OTHER_TIME', paidAt: ACCEPTED_AT },
    ...(['TILL_PAYMENT', 'OTHER_PAYMENT', 'OTHER_MERCHANT', 'REFUNDED', 'NOT_PAID', 'NOT_FOUND'] as const).map(
      (code) => ({ code }),
    ),
    { code: 'NOT_KNOWN', reason: { code: 'NOT_SENT' } },
  ];
  const told = findings.map((finding) => [
    findingText(finding),
    findingNext(finding, true),
    findingNext(finding, false),
  ]);
  for (const { zh, en } of told.flat()) {
    expect(zh).toMatch(/\p{Script=Han}/u);
    expect(en).toMatch(/^[ -~’￥]+$/);
  }
  expect(new Set(told.map(([text]) => text?.en)).size).toBe(findings.length);
  expect(told[2]?.[0]).toEqual({ zh: '金额不同：￥12.00', en: 'Another amount: ￥12.00.' });
});
