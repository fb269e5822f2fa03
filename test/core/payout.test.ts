import { describe, expect, it } from 'vitest';
import { fen } from '../../src/core/money.ts';
import {
  isSurelyUnpaid,
  type PayoutEvent,
  type PayoutProgress,
  payoutNextStep,
  payoutTransition,
  REQUESTED,
} from '../../src/core/payout.ts';
import type { PayoutReasonCode, PayoutState } from '../../src/core/payout-answer.ts';

const SUBMITTED: PayoutEvent = { type: 'submitted' };
const ACCEPTED: PayoutEvent = {
  type: 'answered',
  answer: { verdict: 'ACCEPTED', payout: { gatewayNo: 'W1', feeFen: fen(0) } },
};
const NOT_FOUND: PayoutEvent = { type: 'lookedUp', answer: { verdict: 'NOT_FOUND' } };
const NO_NEWS: PayoutEvent = { type: 'lookedUp', answer: { verdict: 'UNKNOWN', reason: { code: 'NO_REPLY' } } };

function answered(verdict: 'REFUSED' | 'AGAIN' | 'UNKNOWN', code: PayoutReasonCode): PayoutEvent {
  return { type: 'answered', answer: { verdict, reason: { code } } };
}

function found(state: PayoutState, returned = 0): PayoutEvent {
  const amounts = { amountFen: fen(500), feeFen: fen(0), returnedFen: fen(returned) };
  const payout = { gatewayNo: 'W1', state, ...amounts, failure: '', succeededAt: '' };
  return { type: 'lookedUp', answer: { verdict: 'FOUND', payout } };
}

function became(...events: readonly PayoutEvent[]): PayoutProgress {
  return events.reduce(payoutTransition, REQUESTED);
}

const LOST = [SUBMITTED, answered('UNKNOWN', 'NO_REPLY')];

describe('a payout', () => {
  it('is sent, accepted, and looked up until the payee has it', () => {
    expect(payoutNextStep(REQUESTED)).toBe('send');
    expect(payoutNextStep(became(SUBMITTED, ACCEPTED))).toBe('look-up');
    expect(became(SUBMITTED, ACCEPTED, found('WAITING'), NO_NEWS)).toEqual({ state: 'accepted', gatewayNo: 'W1' });
    const done = became(SUBMITTED, ACCEPTED, found('SUCCEEDED'));
    expect([done.state, payoutNextStep(done)]).toEqual(['succeeded', 'nothing']);
  });

  it('that a restart found on the wire is looked up, not sent again', () => {
    expect(payoutNextStep(became(SUBMITTED))).toBe('look-up');
    expect(() => payoutTransition(became(SUBMITTED), SUBMITTED)).toThrow();
    expect(became(SUBMITTED, NO_NEWS).state).toBe('unknown');
  });

  it('whose answer was lost is sent again, under its number, only when a look-up has found nothing', () => {
    expect(payoutNextStep(became(...LOST))).toBe('look-up');
    expect(payoutNextStep(became(...LOST, NO_NEWS))).toBe('look-up');
    expect(payoutNextStep(became(...LOST, NOT_FOUND))).toBe('send');
    expect(became(...LOST, found('PROCESSING')).state).toBe('accepted');
  });

  it('that was refused has failed only when a look-up says so too', () => {
    const refused = [SUBMITTED, answered('REFUSED', 'NAME_MISMATCH')];
    expect(became(...refused).state).toBe('refusing');
    expect(became(...refused, NO_NEWS).state).toBe('refusing');
    expect(became(...refused, NOT_FOUND)).toEqual({ state: 'failed', reason: { code: 'NAME_MISMATCH' } });
    expect(became(...refused, found('FAILED')).state).toBe('failed');
    expect(became(...refused, found('SUCCEEDED')).state).toBe('succeeded');
  });

  it('that was accepted does not vanish because it is not found', () => {
    expect(became(SUBMITTED, ACCEPTED, NOT_FOUND).state).toBe('accepted');
    expect(became(SUBMITTED, ACCEPTED, found('SUCCEEDED'), NOT_FOUND).state).toBe('succeeded');
  });

  it('can come back from a bank after it had succeeded, and is not unmade by anything else', () => {
    const done = [SUBMITTED, ACCEPTED, found('SUCCEEDED')];
    expect(became(...done, found('RETURNED', 500)).state).toBe('returned');
    for (const state of ['PROCESSING', 'WAITING', 'FAILED', 'UNKNOWN'] as const) {
      expect(became(...done, found(state)).state).toBe('succeeded');
    }
  });

  it('in a state that nobody has documented stays what it was', () => {
    expect(became(...LOST, found('UNKNOWN'))).toEqual(became(...LOST));
  });
});

describe('somebody may be paid under another number', () => {
  it.each<[what: string, events: readonly PayoutEvent[], may: boolean]>([
    ['before anything was sent', [], true],
    ['when the first call surely never left', [SUBMITTED, answered('AGAIN', 'NOT_SENT')], true],
    ['when it failed', [SUBMITTED, answered('REFUSED', 'PAYOUT_FAILED'), found('FAILED')], true],
    ['when all of it came back', [SUBMITTED, ACCEPTED, found('RETURNED', 500)], true],
    ['not when a part was kept', [SUBMITTED, ACCEPTED, found('RETURNED', 200)], false],
    ['not while it is on the wire', [SUBMITTED], false],
    ['not while its answer is lost', LOST, false],
    ['not because it is not found yet: it may still arrive', [...LOST, NOT_FOUND], false],
    ['not because a later call never left', [...LOST, NOT_FOUND, SUBMITTED, answered('AGAIN', 'NOT_SENT')], false],
    ['not by a refusal alone', [SUBMITTED, answered('REFUSED', 'PAYOUT_FAILED')], false],
    ['not while the balance is low', [SUBMITTED, answered('AGAIN', 'MERCHANT_BALANCE_LOW')], false],
    ['not when it succeeded', [SUBMITTED, ACCEPTED, found('SUCCEEDED')], false],
  ])('%s', (_, events, may) => {
    expect(isSurelyUnpaid(became(...events))).toBe(may);
  });
});
