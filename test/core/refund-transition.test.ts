import { describe, expect, it } from 'vitest';
import { fen } from '../../src/core/money.ts';
import { seededRandom } from '../../src/core/random.ts';
import {
  DEFAULT_REFUND_TIMINGS,
  isRefundSettled,
  nextRefundStep,
  type Refund,
  type RefundEvent,
  type RefundStageName,
  requestRefund,
} from '../../src/core/refund.ts';
import type { RefundAnswer, RefundQueryAnswer, RefundReasonCode, RefundState } from '../../src/core/refund-answer.ts';
import { IllegalRefundTransition } from '../../src/core/refund-moves.ts';
import { refundTransition } from '../../src/core/refund-transition.ts';

const T0 = 1_000_000;
const SECOND = 1_000;
const { wanderMs, gapMs, attentionMs } = DEFAULT_REFUND_TIMINGS;
const NUMBER = '0001-01-000001-1test-r1test';
const DECISION = { manager: '王店长', why: '商品有问题' };

const ACCEPTED: RefundAnswer = {
  verdict: 'ACCEPTED',
  refund: { refundId: 'wx-1', transactionId: 't', refundFen: fen(500), cashFen: fen(500), couponFen: fen(0) },
};
const answer = (verdict: 'REFUSED' | 'AGAIN' | 'UNKNOWN', code: RefundReasonCode): RefundEvent => ({
  type: 'answered',
  answer: { verdict, reason: { code } },
});
const SILENCE = answer('UNKNOWN', 'NO_REPLY');
const REFUSED = answer('REFUSED', 'REFUND_REFUSED');
const POOR = answer('AGAIN', 'MERCHANT_BALANCE_LOW');
const queried = (given: RefundQueryAnswer): RefundEvent => ({ type: 'queried', answer: given });
const NOT_FOUND = queried({ verdict: 'NOT_FOUND' });
const UNSAID = queried({ verdict: 'UNKNOWN', reason: { code: 'NO_REPLY' } });
function found(state: RefundState, refundFen = fen(500), outRefundNo = NUMBER): RefundEvent {
  const record = { outRefundNo, refundId: 'wx-1', state, refundFen, receivedBy: '零钱', succeededAt: '' };
  const order = { transactionId: 't', outTradeNo: '0001-01-000001-1test', totalFen: fen(1230) };
  return queried({ verdict: 'FOUND', found: { ...order, refunds: [record], totalCount: undefined } });
}

function requested(): Refund {
  return requestRefund({
    id: 'r',
    saleId: 's',
    paymentId: 'p',
    outTradeNo: '0001-01-000001-1test',
    outRefundNo: NUMBER,
    totalFen: fen(1230),
    refundFen: fen(500),
    gateway: 'simulator',
    takesBack: false,
    decision: DECISION,
    requestedAt: T0,
    timings: DEFAULT_REFUND_TIMINGS,
  });
}

/** The refund after these events, each a second after the one before. */
function refundAfter(...events: RefundEvent[]): Refund {
  return events.reduce(
    (refund, event, index) => refundTransition(refund, event, T0 + (index + 1) * SECOND),
    requested(),
  );
}

const late = (refund: Refund, event: RefundEvent) => refundTransition(refund, event, T0 + 10 * wanderMs);

describe('a refund that is asked for', () => {
  it('owes its call at once', () => {
    expect(nextRefundStep(requested())).toEqual({ step: 'refund', at: T0 });
  });

  it('is on its way when accepted, and refunded only when it has arrived', () => {
    const accepted = refundAfter({ type: 'answered', answer: ACCEPTED });
    expect(accepted).toMatchObject({ state: 'processing', refundId: 'wx-1' });
    expect(nextRefundStep(accepted)?.step).toBe('query');
    expect(isRefundSettled(accepted)).toBe(false);
    expect(refundAfter({ type: 'answered', answer: ACCEPTED }, found('PROCESSING')).state).toBe('processing');
    const refunded = refundAfter({ type: 'answered', answer: ACCEPTED }, found('SUCCESS'));
    expect(refunded).toMatchObject({ state: 'refunded', receivedBy: '零钱', endedAt: T0 + 2 * SECOND });
    expect(nextRefundStep(refunded)).toBeUndefined();
  });

  it('is looked for after silence, and asked for again, by its number, when nobody knows it', () => {
    const silent = refundAfter(SILENCE);
    expect(nextRefundStep(silent)).toEqual({ step: 'query', at: T0 + SECOND });
    const again = refundAfter(SILENCE, NOT_FOUND);
    expect(again).toMatchObject({ state: 'requested', outRefundNo: NUMBER });
    expect(nextRefundStep(again)?.step).toBe('refund');
  });

  it('waits longer after each call that came to nothing, and a minute when there were too many', () => {
    const offline = answer('AGAIN', 'NOT_SENT');
    const waits = [1, 2, 3].map((n) => {
      const refund = refundAfter(...Array.from({ length: n }, () => offline));
      return (nextRefundStep(refund)?.at ?? 0) - T0 - n * SECOND;
    });
    expect(waits).toEqual(DEFAULT_REFUND_TIMINGS.askBackoffMs.slice(0, 3));
    expect(nextRefundStep(refundAfter(answer('AGAIN', 'RATE_LIMITED')))?.at).toBe(T0 + SECOND + gapMs);
  });

  it('may have been accepted by the call that a dying process made: a restart looks before it asks', () => {
    expect(nextRefundStep(refundAfter({ type: 'resumed' }))).toEqual({ step: 'query', at: T0 + SECOND });
    expect(refundAfter({ type: 'resumed' }, found('SUCCESS')).state).toBe('refunded');
  });
});

describe('a refusal', () => {
  it('counts only when a look confirms that there is no such refund', () => {
    expect(refundAfter(REFUSED)).toMatchObject({ state: 'looking', refused: true });
    expect(refundAfter(REFUSED, NOT_FOUND)).toMatchObject({ state: 'attention', cause: 'refused' });
    expect(refundAfter(REFUSED, UNSAID)).toMatchObject({ state: 'looking', refused: true });
    expect(refundAfter(REFUSED, found('PROCESSING')).state).toBe('processing');
  });

  it('is not believed while an earlier call may still wander about', () => {
    const doubtful = refundAfter(SILENCE, NOT_FOUND, REFUSED, NOT_FOUND);
    expect(doubtful).toMatchObject({ state: 'looking', refused: true });
    expect(nextRefundStep(doubtful)?.at).toBe(T0 + SECOND + wanderMs);
    expect(late(doubtful, NOT_FOUND)).toMatchObject({ state: 'attention', cause: 'refused' });
    expect(late(doubtful, found('SUCCESS')).state).toBe('refunded');
  });

  it('is asked again by nobody but a person', () => {
    const refused = refundAfter(REFUSED, NOT_FOUND);
    expect(nextRefundStep(refused)).toBeUndefined();
    expect(late(refused, { type: 'retried' })).toMatchObject({ state: 'requested', outRefundNo: NUMBER });
  });
});

describe('what a person has to mend', () => {
  it.each<RefundReasonCode>(['MERCHANT_BALANCE_LOW', 'NO_PERMISSION', 'BAD_CONFIG', 'BAD_CERTIFICATE'])(
    '%s waits for one, and is tried by itself now and then',
    (code) => {
      const blocked = refundAfter(answer('AGAIN', code));
      expect(blocked).toMatchObject({ state: 'attention', cause: 'blocked', reason: { code } });
      expect(nextRefundStep(blocked)).toEqual({ step: 'refund', at: T0 + SECOND + attentionMs });
      expect(late(blocked, { type: 'answered', answer: ACCEPTED }).state).toBe('processing');
    },
  );

  it('is first made certain of when an earlier call was never answered', () => {
    const unsure = refundAfter(SILENCE, NOT_FOUND, POOR);
    expect(unsure).toMatchObject({ state: 'looking', refused: false });
    expect(late(unsure, NOT_FOUND)).toMatchObject({ state: 'attention', cause: 'blocked' });
  });

  it('is an answer that nobody has documented, too, once it is certain that nothing was accepted', () => {
    const odd = refundAfter(answer('UNKNOWN', 'UNLISTED'));
    expect(odd.state).toBe('looking');
    expect(late(odd, NOT_FOUND)).toMatchObject({ state: 'attention', cause: 'blocked' });
  });
});

describe('a refund that was accepted and did not arrive', () => {
  const accepted: RefundEvent = { type: 'answered', answer: ACCEPTED };

  it.each([
    ['CHANGE', 'stranded'],
    ['CLOSED', 'closed'],
  ] as const)('%s waits for a person, and is still found when it arrives after all', (state, cause) => {
    expect(refundAfter(accepted, found(state))).toMatchObject({ state: 'attention', cause });
    expect(refundAfter(accepted, found(state), found('SUCCESS')).state).toBe('refunded');
    expect(() => refundAfter(accepted, found(state), { type: 'retried' })).toThrow(IllegalRefundTransition);
  });

  it('is not asked for again because a query cannot find it for a moment', () => {
    expect(refundAfter(accepted, NOT_FOUND)).toMatchObject({ state: 'processing' });
  });
});

describe("a person's word", () => {
  it('ends what waits for one and nothing else', () => {
    const ended = refundAfter(POOR, { type: 'givenUp', decision: DECISION });
    expect(ended).toMatchObject({ state: 'givenUp', cause: 'blocked', end: DECISION });
    expect(() => refundAfter({ type: 'givenUp', decision: DECISION })).toThrow(IllegalRefundTransition);
    expect(() => refundAfter(SILENCE, { type: 'givenUp', decision: DECISION })).toThrow(IllegalRefundTransition);
  });

  it('does not outweigh what the gateway says afterwards: money that went is known to have gone', () => {
    const ended = refundAfter(POOR, { type: 'givenUp', decision: DECISION });
    expect(late(ended, { type: 'answered', answer: ACCEPTED }).state).toBe('processing');
    expect(late(ended, SILENCE).state).toBe('looking');
    expect(late(ended, found('SUCCESS')).state).toBe('refunded');
    expect(late(ended, NOT_FOUND)).toBe(ended);
  });
});

it("takes another refund under the same number for what it is: not this one's money", () => {
  expect(refundAfter(SILENCE, found('SUCCESS', fen(1)))).toMatchObject({ state: 'attention', cause: 'refused' });
  expect(refundAfter(SILENCE, found('SUCCESS', fen(500), 'another-number')).state).toBe('looking');
});

describe('whatever happens, in whatever order', () => {
  const EVENTS: readonly RefundEvent[] = [
    ...[{ type: 'answered', answer: ACCEPTED } as const, SILENCE, REFUSED, POOR, answer('AGAIN', 'NOT_SENT')],
    ...[NOT_FOUND, UNSAID, found('PROCESSING'), found('SUCCESS'), found('CHANGE'), found('CLOSED'), found('UNKNOWN')],
    ...[{ type: 'retried' } as const, { type: 'givenUp', decision: DECISION } as const, { type: 'resumed' } as const],
  ];

  it('no refund changes its number or amount, is refunded without proof, or is forgotten while it is open', () => {
    for (let seed = 1; seed <= 300; seed++) {
      const random = seededRandom(seed);
      let refund = requested();
      for (let turn = 0; turn < 40; turn++) {
        const event = EVENTS[Math.floor(random() * EVENTS.length)];
        if (event === undefined) continue;
        const before: RefundStageName = refund.state;
        try {
          refund = refundTransition(refund, event, T0 + turn * 20 * SECOND);
        } catch (error) {
          expect(error, `seed ${seed}`).toBeInstanceOf(IllegalRefundTransition);
          continue;
        }
        expect(refund).toMatchObject({ outRefundNo: NUMBER, refundFen: 500, totalFen: 1230, requestedAt: T0 });
        if (refund.state === 'refunded' && before !== 'refunded') expect(event).toEqual(found('SUCCESS'));
        if (before === 'refunded') expect(refund.state).toBe('refunded');
        const isOwed = nextRefundStep(refund) !== undefined;
        const isForPerson = refund.state === 'attention';
        expect(isOwed || isForPerson || isRefundSettled(refund), `seed ${seed}, ${refund.state}`).toBe(true);
      }
    }
  });
});
