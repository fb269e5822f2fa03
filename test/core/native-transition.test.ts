import { describe, expect, it } from 'vitest';
import type { QueryAnswer } from '../../src/core/gateway-answer.ts';
import { fen } from '../../src/core/money.ts';
import type { CloseAnswer, PlaceAnswer } from '../../src/core/order-answer.ts';
import {
  DEFAULT_TIMINGS,
  isSettled,
  nextStep,
  type Payment,
  type PaymentEvent,
  submit,
} from '../../src/core/payment.ts';
import { IllegalTransition } from '../../src/core/payment-moves.ts';
import { transition } from '../../src/core/payment-transition.ts';
import { glance } from '../../src/core/payment-view.ts';
import { seededRandom } from '../../src/core/random.ts';
import { aSettlement } from '../fixtures/ledger.ts';

const T0 = 1_000_000;
const MINUTE = 60_000;
const CODE = 'weixin://wxpay/bizpayurl?pr=AbCd123';

const PLACED: PlaceAnswer = { verdict: 'PLACED', placed: { prepayId: 'wx1', codeUrl: CODE } };
const SILENCE = { verdict: 'UNKNOWN', reason: { code: 'NO_REPLY' } } as const;
const PAID = { verdict: 'PAID', settlement: aSettlement() } as const;
const NOT_PAID = { verdict: 'NOT_PAID' } as const;
const NOT_FOUND = { verdict: 'NOT_FOUND' } as const;
const CLOSED = { verdict: 'CLOSED' } as const;

const cancel: PaymentEvent = { type: 'cancelRequested' };
const resume: PaymentEvent = { type: 'resumed' };
const placed = (answer: PlaceAnswer = PLACED): PaymentEvent => ({ type: 'placed', answer });
const queried = (answer: QueryAnswer): PaymentEvent => ({ type: 'queried', answer });
const closed = (answer: CloseAnswer): PaymentEvent => ({ type: 'closeAnswered', answer });

function submitted(): Payment {
  return submit({
    id: 'p',
    saleId: 's',
    outTradeNo: '0001-01-000001-1test',
    amountFen: fen(1_230),
    method: 'native',
    gateway: 'simulator',
    submittedAt: T0,
    timings: { ...DEFAULT_TIMINGS, giveUpMs: 5 * MINUTE, reverseNotBeforeMs: 5 * MINUTE },
  });
}

/** The payment after these events, each when its step is due, or a second after the one before. */
function afterEvents(...events: readonly PaymentEvent[]): Payment {
  let at = T0;
  return events.reduce((payment, event) => {
    const due = nextStep(payment)?.at ?? 0;
    at = event.type === 'queried' || event.type === 'closeAnswered' ? Math.max(at, due) : at + 1_000;
    return transition(payment, event, at);
  }, submitted());
}

describe('an order that the customer pays by the till’s QR code', () => {
  it('is placed, then shown and asked after every three seconds', () => {
    expect(nextStep(submitted())).toEqual({ step: 'place', at: T0 });
    const offered = afterEvents(placed());
    expect(offered).toMatchObject({ state: 'pending', codeUrl: CODE, giveUpAt: T0 + 1_000 + 5 * MINUTE });
    expect(nextStep(offered)).toEqual({ step: 'query', at: T0 + 4_000 });
    expect(glance(offered)).toMatchObject({ phase: 'offered', settled: false, cancellable: true, leavable: false });
  });

  it('is paid when a query says so, and by nothing else', () => {
    expect(afterEvents(placed(), queried(PAID))).toMatchObject({ state: 'paid', method: 'native' });
    for (const answer of [NOT_PAID, NOT_FOUND, SILENCE, { verdict: 'FAILED' }] as const) {
      expect(glance(afterEvents(placed(), queried(answer))).phase).toBe('offered');
    }
  });

  it('shows that somebody types a password, and offers the code again when they gave up', () => {
    const typing = afterEvents(placed(), queried({ verdict: 'AWAITING_PASSWORD' }));
    expect(glance(typing).phase).toBe('password');
    expect(glance(transition(typing, queried(NOT_PAID), T0 + 10_000)).phase).toBe('offered');
  });

  it('is placed again, under the same number, while no reply has brought its code', () => {
    const lost = afterEvents(placed(SILENCE));
    expect(lost).toMatchObject({ state: 'pending', outTradeNo: submitted().outTradeNo });
    expect(nextStep(lost)?.step).toBe('place');
    expect(glance(lost)).toMatchObject({ phase: 'working', settled: false });
    expect(glance(afterEvents(placed(SILENCE), placed(SILENCE), placed()))).toMatchObject({ phase: 'offered' });
  });

  it.each(['REFUSED', 'NOT_SENT'] as const)('is over at once when its first placing is %s', (verdict) => {
    expect(afterEvents(placed({ verdict, reason: { code: 'NO_PERMISSION' } }))).toMatchObject({ state: 'declined' });
  });

  it('is closed, not declined, when it is refused after a try that nobody answered', () => {
    const refused = afterEvents(placed(SILENCE), placed({ verdict: 'REFUSED', reason: { code: 'BAD_CONFIG' } }));
    expect(refused).toMatchObject({ state: 'confirming', cause: 'refused' });
    expect(isSettled(refused)).toBe(false);
  });

  it('is not closed sooner than WeChat Pay allows, and is asked after until then', () => {
    let payment = afterEvents(placed(), cancel);
    for (let looks = 0; payment.state === 'confirming' && looks < 100; looks += 1) {
      payment = transition(payment, queried(NOT_PAID), payment.nextAt);
    }
    expect(nextStep(payment)).toEqual({ step: 'close', at: T0 + 1_000 + 5 * MINUTE });
    expect(glance(payment)).toMatchObject({ phase: 'closing', leavable: true });
  });

  it('ends when it is closed and a query confirms it', () => {
    const taken = timedOut();
    expect(taken.state).toBe('reversing');
    const confirming = transition(taken, closed(CLOSED), taken.reverseFrom);
    expect(isSettled(confirming)).toBe(false);
    const over = transition(confirming, queried(CLOSED), taken.reverseFrom);
    expect(over).toMatchObject({ state: 'reversed', cause: 'timeout' });
    expect(nextStep(over)).toBeUndefined();
    expect(glance(over).phase).toBe('cancelled');
  });

  it('that was paid just before its time was over is paid', () => {
    const taken = timedOut();
    const found = transition(taken, closed({ verdict: 'ALREADY_PAID' }), taken.reverseFrom);
    expect(glance(found).phase).toBe('closing');
    expect(transition(found, queried(PAID), taken.reverseFrom).state).toBe('paid');
  });

  it('that was paid after all is found even where closing it had been answered with "closed"', () => {
    const taken = timedOut();
    const claimed = transition(taken, closed(CLOSED), taken.reverseFrom);
    expect(transition(claimed, queried(PAID), taken.reverseFrom).state).toBe('paid');
  });

  it('that was paid against the cashier’s word waits for a person, with the money in sight', () => {
    const payment = afterEvents(placed(), cancel, queried(PAID));
    expect(payment).toMatchObject({ state: 'attention', cause: 'cancelled', settlement: aSettlement() });
    const requested = transition(payment, { type: 'refundMoved', refundId: 'r', to: 'requested' }, T0 + MINUTE);
    const refunded = transition(requested, { type: 'refundMoved', refundId: 'r', to: 'refunded' }, T0 + MINUTE);
    expect(refunded.state).toBe('reversed');
  });

  it('that the cashier turned away from while it was closed is not waited for either', () => {
    const left = transition(timedOut(), cancel, T0 + 6 * MINUTE);
    const found = transition(left, closed({ verdict: 'ALREADY_PAID' }), T0 + 6 * MINUTE);
    expect(transition(found, queried(PAID), T0 + 6 * MINUTE).state).toBe('attention');
  });

  it('that nobody was shown the code of and nobody knows is over', () => {
    expect(afterEvents(placed(SILENCE), cancel, queried(NOT_FOUND))).toMatchObject({ state: 'reversed' });
    expect(afterEvents(placed(), cancel, queried(NOT_FOUND)).state).toBe('confirming');
  });

  it('is closed even when its code comes after the cashier has given up', () => {
    const late = afterEvents(placed(SILENCE), cancel, placed());
    expect(late).toMatchObject({ state: 'confirming', codeUrl: CODE });
    expect(afterEvents(cancel, placed())).toMatchObject({ state: 'confirming', codeUrl: CODE, cause: 'cancelled' });
  });

  it('is a person’s when WeChat Pay will not close it', () => {
    const refused = transition(timedOut(), closed({ verdict: 'REFUSED', reason: { code: 'CLOSE_REFUSED' } }), T0);
    expect(refused).toMatchObject({ state: 'attention', reason: { code: 'CLOSE_REFUSED' } });
    expect(transition(refused, queried(NOT_PAID), T0).state).toBe('reversing');
  });

  it('goes on after a restart: asked for again, asked after, or closed', () => {
    expect(nextStep(afterEvents(resume))).toEqual({ step: 'place', at: T0 + 1_000 });
    expect(nextStep(afterEvents(placed(), resume))).toEqual({ step: 'query', at: T0 + 2_000 });
    expect(nextStep(afterEvents(cancel, resume))?.step).toBe('query');
    const closing = transition(timedOut(), resume, T0 + 7 * MINUTE);
    expect(nextStep(closing)).toEqual({ step: 'close', at: T0 + 7 * MINUTE });
  });

  it('takes no answer about a payment code', () => {
    const answered: PaymentEvent = { type: 'answered', answer: SILENCE };
    expect(() => transition(submitted(), answered, T0)).toThrow(IllegalTransition);
  });
});

describe('whatever the gateway says of an order, and in whatever order', () => {
  const places: PlaceAnswer[] = [PLACED, SILENCE, { verdict: 'REFUSED', reason: { code: 'ORDER_CLOSED' } }];
  const queries: QueryAnswer[] = [
    NOT_PAID,
    NOT_FOUND,
    SILENCE,
    { verdict: 'AWAITING_PASSWORD' },
    { verdict: 'FAILED' },
  ];
  const closes: CloseAnswer[] = [
    { verdict: 'AGAIN', reason: { code: 'GATEWAY_BUSY' } },
    { verdict: 'ALREADY_PAID' },
    NOT_FOUND,
    { verdict: 'REFUSED', reason: { code: 'CLOSE_REFUSED' } },
    CLOSED,
  ];

  it('it is never over without a clear word, and always once there is one', () => {
    for (let seed = 1; seed <= 2_000; seed += 1) {
      const random = seededRandom(seed);
      const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
      let payment = submitted();
      let at = T0;
      for (let step = 0; step < 60 && !isSettled(payment); step += 1) {
        const next = nextStep(payment);
        expect(next, `seed ${seed}: ${payment.state} owes nothing`).toBeDefined();
        at = Math.max(at, next?.at ?? at);
        if (random() < 0.1) payment = transition(payment, random() < 0.5 ? cancel : resume, at);
        const owed = nextStep(payment)?.step;
        if (owed === 'place') payment = transition(payment, placed(pick(places)), at);
        else if (owed === 'close') payment = transition(payment, closed(pick(closes)), at);
        else payment = transition(payment, queried(pick(queries)), at);
      }
      // Nobody said PAID or CLOSED in a query: only an order that was never placed, or whose code nobody saw, can be over.
      if (isSettled(payment)) expect(payment.codeUrl, `seed ${seed}: ${payment.state}`).toBeUndefined();
      for (let step = 0; step < 10 && !isSettled(payment); step += 1) {
        const owed = nextStep(payment);
        at = Math.max(at, owed?.at ?? at);
        if (owed?.step === 'place') payment = transition(payment, placed(), at);
        else if (owed?.step === 'close') payment = transition(payment, closed(CLOSED), at);
        else payment = transition(payment, queried(CLOSED), at);
      }
      expect(isSettled(payment), `seed ${seed}: ${payment.state}`).toBe(true);
    }
  });
});

/** Shown for its five minutes, asked after at the end of them, and to be closed. */
function timedOut(): Payment {
  const offered = afterEvents(placed());
  const over = transition(offered, queried(NOT_PAID), offered.giveUpAt);
  return transition(over, queried(NOT_PAID), offered.giveUpAt);
}
