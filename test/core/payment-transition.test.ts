import { describe, expect, it } from 'vitest';
import type { PayAnswer, QueryAnswer, ReverseAnswer } from '../../src/core/gateway-answer.ts';
import { fen } from '../../src/core/money.ts';
import {
  DEFAULT_TIMINGS,
  isSettled,
  nextStep,
  type Payment,
  type PaymentEvent,
  type PaymentStateName,
  submit,
} from '../../src/core/payment.ts';
import { IllegalTransition } from '../../src/core/payment-moves.ts';
import { transition } from '../../src/core/payment-transition.ts';
import { glance } from '../../src/core/payment-view.ts';
import { seededRandom } from '../../src/core/random.ts';
import { aSettlement } from '../fixtures/ledger.ts';

const T0 = 1_000_000;
const SECOND = 1_000;
const PAID = { verdict: 'PAID', settlement: aSettlement() } as const;
const UNKNOWN = { verdict: 'UNKNOWN', reason: { code: 'NO_REPLY' } } as const;

const PAY_ANSWERS: readonly PayAnswer[] = [
  PAID,
  UNKNOWN,
  { verdict: 'UNKNOWN', reason: { code: 'AWAITING_PASSWORD' } },
  { verdict: 'UNKNOWN', reason: { code: 'AWAITING_PASSWORD' }, passwordAsked: true },
  { verdict: 'NOT_SENT', reason: { code: 'NOT_SENT' } },
  { verdict: 'DECLINED', reason: { code: 'NOT_ENOUGH' }, thenReverse: false },
  { verdict: 'DECLINED', reason: { code: 'TRADE_REFUSED' }, thenReverse: true },
];
const QUERY_ANSWERS: readonly QueryAnswer[] = [
  PAID,
  UNKNOWN,
  { verdict: 'NOT_FOUND' },
  { verdict: 'NOT_PAID' },
  { verdict: 'AWAITING_PASSWORD' },
  { verdict: 'FAILED' },
  { verdict: 'CLOSED' },
  { verdict: 'REFUNDED' },
];
const REVERSE_ANSWERS: readonly ReverseAnswer[] = [
  { verdict: 'REVERSED' },
  { verdict: 'AGAIN', reason: { code: 'GATEWAY_BUSY' } },
  { verdict: 'REFUSED', reason: { code: 'REVERSE_EXPIRED' } },
];

function submitted(): Payment {
  return submit({
    id: 'p',
    saleId: 's',
    outTradeNo: '0001-01-000001-1test',
    amountFen: fen(1230),
    gateway: 'simulator',
    submittedAt: T0,
    timings: DEFAULT_TIMINGS,
  });
}

/** The payment after these events, each a second after the one before. */
function paymentAfter(...events: PaymentEvent[]): Payment {
  return events.reduce((payment, event, index) => transition(payment, event, T0 + (index + 1) * SECOND), submitted());
}

const answered = (answer: PayAnswer): PaymentEvent => ({ type: 'answered', answer });
const queried = (verdict: Exclude<QueryAnswer['verdict'], 'PAID' | 'UNKNOWN'>): PaymentEvent => ({
  type: 'queried',
  answer: { verdict },
});
const PASSWORD = answered({ verdict: 'UNKNOWN', reason: { code: 'AWAITING_PASSWORD' } });
const PASSWORD_ASKED = answered({
  verdict: 'UNKNOWN',
  reason: { code: 'AWAITING_PASSWORD' },
  passwordAsked: true,
});
const REFUSED = answered({ verdict: 'DECLINED', reason: { code: 'NOT_ENOUGH' }, thenReverse: false });
const WANTS_REVERSING = answered({ verdict: 'DECLINED', reason: { code: 'TRADE_REFUSED' }, thenReverse: true });
const CANCEL: PaymentEvent = { type: 'cancelRequested' };
const REVERSED: PaymentEvent = { type: 'reverseAnswered', answer: { verdict: 'REVERSED' } };

describe('the state machine, row by row', () => {
  it.each<[string, PaymentEvent[], PaymentStateName]>([
    ['paid at once', [answered(PAID)], 'paid'],
    ['nothing left this machine', [answered({ verdict: 'NOT_SENT', reason: { code: 'NOT_SENT' } })], 'declined'],
    ['a FAIL is provisional', [REFUSED], 'declining'],
    ['a FAIL that a query confirms', [REFUSED, queried('NOT_FOUND')], 'declined'],
    ['a FAIL although the money moved', [REFUSED, { type: 'queried', answer: PAID }], 'paid'],
    ['a FAIL while the password box is open after all', [REFUSED, queried('AWAITING_PASSWORD')], 'pending'],
    ['a FAIL whose order the gateway calls failed', [REFUSED, queried('FAILED')], 'reversing'],
    ['a FAIL of the kind that wants reversing', [WANTS_REVERSING, queried('NOT_PAID')], 'reversing'],
    ['silence', [answered(UNKNOWN)], 'pending'],
    ['the order closed by itself', [answered(UNKNOWN), queried('CLOSED')], 'declined'],
    ['the password box closed', [PASSWORD, queried('AWAITING_PASSWORD'), queried('NOT_PAID')], 'reversing'],
    ['cancelled while it is typed', [PASSWORD, CANCEL], 'reversing'],
    ['cancelled before the answer, which says paid', [CANCEL, answered(PAID)], 'reversing'],
    ['cancelled before the answer, which says no', [CANCEL, REFUSED], 'declining'],
    ['reversed', [PASSWORD, CANCEL, REVERSED], 'confirming'],
    ['reversed and confirmed', [PASSWORD, CANCEL, REVERSED, queried('CLOSED')], 'reversed'],
    ['reversed, and still paid', [PASSWORD, CANCEL, REVERSED, { type: 'queried', answer: PAID }], 'reversing'],
    ['process gone', [{ type: 'resumed' }], 'pending'],
  ])('%s', (_, events, expected) => {
    expect(paymentAfter(...events).state).toBe(expected);
  });

  it('does not take an answer to a question that was not asked', () => {
    expect(() => paymentAfter(answered(PAID), answered(PAID))).toThrow(IllegalTransition);
    expect(() => paymentAfter(REVERSED)).toThrow(IllegalTransition);
    expect(() => paymentAfter(queried('CLOSED'))).toThrow(IllegalTransition);
  });
});

describe('a refund that somebody else made', () => {
  const refunded = queried('REFUNDED');
  it.each<[string, PaymentEvent[], PaymentStateName]>([
    ['of a payment that was not certain yet is for a person to look at', [answered(UNKNOWN), refunded], 'attention'],
    ['of a payment that was refused is so, too', [REFUSED, refunded], 'attention'],
    ['of a payment that was being taken back ends it', [PASSWORD, CANCEL, REVERSED, refunded], 'reversed'],
  ])('%s', (_, events, expected) => {
    expect(paymentAfter(...events).state).toBe(expected);
  });
});

describe('a customer who closes the password box before the first query', () => {
  it('is known to have cancelled at the second query that finds the order unpaid', () => {
    const once = paymentAfter(PASSWORD_ASKED, queried('NOT_PAID'));
    expect(once).toMatchObject({ state: 'pending', passwordSeen: true });
    const twice = paymentAfter(PASSWORD_ASKED, queried('NOT_PAID'), queried('NOT_PAID'));
    expect(twice).toMatchObject({ state: 'reversing', cause: 'refused', reason: { code: 'CUSTOMER_CANCELLED' } });
  });

  it('is not taken for one by a query that only lags behind the pay call', () => {
    const typing = paymentAfter(PASSWORD_ASKED, queried('NOT_PAID'), queried('AWAITING_PASSWORD'));
    expect(typing.state).toBe('pending');
    const paid = paymentAfter(PASSWORD_ASKED, queried('NOT_PAID'), { type: 'queried', answer: PAID });
    expect(paid.state).toBe('paid');
  });

  it('is known as soon when a query was lost in between, or the till was started anew', () => {
    const between: PaymentEvent[] = [{ type: 'queried', answer: UNKNOWN }, { type: 'resumed' }, queried('NOT_FOUND')];
    const events = [PASSWORD_ASKED, ...between, queried('NOT_PAID'), queried('NOT_PAID')];
    expect(paymentAfter(...events)).toMatchObject({ state: 'reversing', cause: 'refused' });
  });

  it('is waited for where nobody has told of a password box: the order may still be on its way', () => {
    expect(paymentAfter(answered(UNKNOWN), queried('NOT_PAID'), queried('NOT_PAID')).state).toBe('pending');
  });

  it('is what a journal from before this was noticed says it was: pending until the deadline', () => {
    expect(paymentAfter(PASSWORD, queried('NOT_PAID'), queried('NOT_PAID')).state).toBe('pending');
  });
});

describe("the cashier's cancellation", () => {
  it.each<[string, PaymentEvent[]]>([
    ['a refusal that was none', [CANCEL, REFUSED, { type: 'queried', answer: PAID }]],
    ['a refusal behind which the password box is open', [CANCEL, REFUSED, queried('AWAITING_PASSWORD')]],
    ['a refusal that cannot be confirmed', [CANCEL, REFUSED, { type: 'queried', answer: UNKNOWN }]],
    ['a refusal that was cancelled while it was being confirmed', [REFUSED, CANCEL, { type: 'queried', answer: PAID }]],
  ])('outlasts %s', (_, events) => {
    expect(paymentAfter(...events)).toMatchObject({ state: 'reversing', cause: 'cancelled' });
  });
});

describe('a reversal that the gateway could not answer', () => {
  const AGAIN: PaymentEvent = {
    type: 'reverseAnswered',
    answer: { verdict: 'AGAIN', reason: { code: 'GATEWAY_BUSY' } },
  };

  it.each<[string, PaymentEvent, PaymentStateName]>([
    ['done all the same', queried('CLOSED'), 'reversed'],
    ['not done', queried('NOT_PAID'), 'reversing'],
    ['still not known', { type: 'queried', answer: UNKNOWN }, 'reversing'],
  ])('is looked at before it is asked for again: %s', (_, answer, expected) => {
    expect(paymentAfter(PASSWORD, CANCEL, AGAIN, answer).state).toBe(expected);
  });
});

describe('the late look of a payment whose terminal was restarted', () => {
  const NOT_FOUND: PaymentEvent = { type: 'queried', answer: { verdict: 'NOT_FOUND' } };
  const takenBack = paymentAfter(
    { type: 'answered', answer: UNKNOWN },
    { type: 'cancelRequested' },
    { type: 'reverseAnswered', answer: { verdict: 'REVERSED' } },
  );

  it.each([
    ['ahead', 3_600 * SECOND],
    ['behind', -3_600 * SECOND],
  ])('waits its whole time from the restart, with a clock that is %s', (_, jump) => {
    const restartedAt = T0 + 20 * SECOND + jump;
    const lateCheckAt = restartedAt + DEFAULT_TIMINGS.lateCheckMs;

    const reversedBefore = transition(takenBack, NOT_FOUND, T0 + 10 * SECOND);
    expect(transition(reversedBefore, { type: 'resumed' }, restartedAt)).toMatchObject({ lateCheckAt });

    const resumed = transition(takenBack, { type: 'resumed' }, restartedAt);
    expect(transition(resumed, NOT_FOUND, restartedAt)).toMatchObject({ state: 'reversed', lateCheckAt });
  });
});

describe('whatever the gateway says, in any order', () => {
  const random = seededRandom(20260102);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;

  /** One whole life under random answers, with every state it went through. */
  function life(): { states: Payment[]; steps: { step: string; at: number }[] } {
    const states: Payment[] = [submitted()];
    const steps: { step: string; at: number }[] = [];
    let now = T0;
    for (let turn = 0; turn < 60; turn++) {
      const payment = states.at(-1) as Payment;
      const next = nextStep(payment);
      if (next === undefined) break;
      const chance = random();
      if (chance < 0.08) {
        states.push(transition(payment, CANCEL, now));
        continue;
      }
      if (chance < 0.16) {
        states.push(transition(payment, { type: 'resumed' }, now));
        continue;
      }
      now = Math.max(now, next.at) + Math.floor(random() * 5 * SECOND);
      steps.push({ step: next.step, at: now });
      const event: PaymentEvent =
        next.step === 'pay'
          ? { type: 'answered', answer: pick(PAY_ANSWERS) }
          : next.step === 'query'
            ? { type: 'queried', answer: pick(QUERY_ANSWERS) }
            : { type: 'reverseAnswered', answer: pick(REVERSE_ANSWERS) };
      states.push(transition(payment, event, now));
    }
    return { states, steps };
  }

  const lives = Array.from({ length: 3_000 }, life);

  it('is paid only on proof, and stays paid', () => {
    for (const { states } of lives) {
      const first = states.findIndex(({ state }) => state === 'paid');
      if (first >= 0) expect(states.slice(first).every(({ state }) => state === 'paid')).toBe(true);
    }
    expect(lives.some(({ states }) => states.at(-1)?.state === 'paid')).toBe(true);
  });

  it('never reverses sooner than 15 s after it was submitted', () => {
    const reversals = lives.flatMap(({ steps }) => steps.filter(({ step }) => step === 'reverse'));
    expect(reversals.length).toBeGreaterThan(1_000);
    expect(Math.min(...reversals.map(({ at }) => at - T0))).toBeGreaterThanOrEqual(15 * SECOND);
  });

  it('is never paid once the cashier has cancelled it', () => {
    for (const { states } of lives) {
      const cancelled = states.findIndex((payment) => 'cancelRequested' in payment && payment.cancelRequested);
      if (cancelled >= 0) expect(states.slice(cancelled).map(({ state }) => state)).not.toContain('paid');
    }
  });

  it('is called cancelled by the customer only where a signed word told of the password box before', () => {
    const byCustomer = lives.filter(({ states }) =>
      states.some((payment) => 'reason' in payment && payment.reason?.code === 'CUSTOMER_CANCELLED'),
    );
    expect(byCustomer.length).toBeGreaterThan(10);
    for (const { states } of byCustomer) {
      expect(states.some((payment) => payment.state === 'pending' && payment.passwordSeen)).toBe(true);
    }
  });

  it('is sent at most once', () => {
    for (const { steps } of lives) expect(steps.filter(({ step }) => step === 'pay').length).toBeLessThanOrEqual(1);
  });

  it('always owes a step until it is settled', () => {
    for (const { states } of lives) {
      for (const payment of states) if (!isSettled(payment)) expect(nextStep(payment)).toBeDefined();
    }
  });

  it('is called reversed only after a query that found no money', () => {
    for (const { states } of lives) {
      states.forEach((payment, index) => {
        if (payment.state !== 'reversed' || states[index - 1]?.state === 'reversed') return;
        expect(['confirming', 'attention']).toContain(states[index - 1]?.state);
      });
    }
  });

  it('leaves the payment it was given untouched', () => {
    const payment = Object.freeze(submitted());
    expect(() => transition(payment, CANCEL, T0)).not.toThrow();
  });
});

describe('a payment that waits for a person and is refunded', () => {
  const REFUSED_REVERSAL: PaymentEvent = {
    type: 'reverseAnswered',
    answer: { verdict: 'REFUSED', reason: { code: 'REVERSE_REFUSED' } },
  };
  const moved = (to: 'requested' | 'refunded' | 'givenUp', refundId = 'r'): PaymentEvent => ({
    type: 'refundMoved',
    refundId,
    to,
  });
  const queriedAs = (answer: QueryAnswer): PaymentEvent => ({ type: 'queried', answer });
  const stuck = paymentAfter({ type: 'answered', answer: UNKNOWN }, { type: 'cancelRequested' }, REFUSED_REVERSAL);
  const followedBy = (payment: Payment, ...events: PaymentEvent[]): Payment =>
    events.reduce((last, event) => transition(last, event, T0 + 900 * SECOND), payment);

  it('can only be when its money is surely there, and not twice', () => {
    expect(() => followedBy(stuck, moved('requested'))).toThrow(IllegalTransition);
    const refunding = followedBy(stuck, queriedAs(PAID), moved('requested'));
    expect(refunding).toMatchObject({ state: 'attention', refundId: 'r' });
    expect(glance(refunding)).toMatchObject({ phase: 'attention', refunding: true });
    expect(() => followedBy(refunding, moved('requested', 'another'))).toThrow(IllegalTransition);
    expect(() => followedBy(refunding, { type: 'givenUp', decision: { manager: 'm', why: 'w' } })).toThrow(
      IllegalTransition,
    );
  });

  it.each(QUERY_ANSWERS)('believes no other end than the refund’s: not %j', (answer) => {
    const refunding = followedBy(stuck, queriedAs(PAID), moved('requested'));
    expect(followedBy(refunding, queriedAs(answer))).toMatchObject({ state: 'attention', refundId: 'r' });
    expect(followedBy(refunding, moved('refunded', 'another')).state).toBe('attention');
    expect(followedBy(refunding, moved('refunded')).state).toBe('reversed');
    // A query that was on its way by then changes nothing.
    expect(followedBy(refunding, moved('refunded'), queriedAs(answer)).state).toBe('reversed');
  });

  it('is for a person again when the refund came to nothing, though the order says REFUNDED', () => {
    const back = followedBy(
      stuck,
      queriedAs(PAID),
      moved('requested'),
      moved('givenUp'),
      queriedAs({ verdict: 'REFUNDED' }),
    );
    expect(back).toMatchObject({ state: 'attention', settlement: aSettlement() });
    expect(back).not.toHaveProperty('refundId');
  });
});
