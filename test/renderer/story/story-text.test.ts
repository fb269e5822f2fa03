import { describe, expect, it } from 'vitest';
import { storyText } from '../../../src/renderer/story/story-text.ts';

const line = (kind: string, payload: Record<string, unknown> = {}) => ({ seq: 1, at: 0, kind, payload });
const both = (kind: string, payload?: Record<string, unknown>) => [
  storyText(line(kind, payload), 'zh-CN'),
  storyText(line(kind, payload), 'en'),
];
const answered = (kind: string, verdict: string, code?: string) =>
  both(kind, { answer: { verdict, ...(code === undefined ? {} : { reason: { code } }) } });

describe('a line of a sale’s story', () => {
  it('says what was asked, in money', () => {
    expect(both('sale.opened', { amountFen: 1250 })).toEqual(['要收 ￥12.50', 'Asked for ￥12.50']);
  });

  it('counts the scans of one sale from the second on', () => {
    expect(both('payment.submitted', { attempt: 1 })[1]).toBe('Code scanned, sent to WeChat Pay');
    expect(both('payment.submitted', { attempt: 2 })[1]).toBe('Scan no. 2, sent to WeChat Pay');
  });

  it('gives a refusal its reason in plain words', () => {
    expect(answered('payment.answered', 'DECLINED', 'NOT_ENOUGH')).toEqual([
      '微信支付没有收：顾客余额不足',
      'WeChat Pay said no. The customer’s balance is too low.',
    ]);
  });

  it('tells the first and the second print of a receipt apart', () => {
    expect(both('print.queued', { copy: 0 })[0]).toBe('小票排队打印');
    expect(both('print.queued', { copy: 2 })[0]).toBe('第 2 次重打，排队打印');
  });

  const KNOWN: [string, Record<string, unknown>][] = [
    ['sale.abandoned', {}],
    ['payment.cancelRequested', {}],
    ['payment.resumed', {}],
    ['print.sending', {}],
    ['terminal.started', { version: '0.1.0' }],
    ['clock.jumped', { byMs: -120_000 }],
    ...['PAID', 'DECLINED', 'NOT_SENT', 'UNKNOWN'].map(withVerdict('payment.answered')),
    ...['PAID', 'NOT_FOUND', 'NOT_PAID', 'AWAITING_PASSWORD', 'FAILED', 'CLOSED', 'UNKNOWN'].map(
      withVerdict('payment.queried'),
    ),
    ...['REVERSED', 'AGAIN', 'REFUSED'].map(withVerdict('payment.reverseAnswered')),
    ['refund.requested', { refundFen: 500, decision: { manager: 'M', why: 'w' } }],
    ['cash.refunded', { amountFen: 500, decision: { manager: 'M', why: 'w' } }],
    ['refund.givenUp', { decision: { manager: 'M', why: 'w' } }],
    ['refund.retried', {}],
    ['refund.resumed', {}],
    ...['ACCEPTED', 'REFUSED', 'AGAIN', 'UNKNOWN'].map(withVerdict('refund.answered')),
    ...['NOT_FOUND', 'UNKNOWN'].map(withVerdict('refund.queried')),
    ...['PROCESSING', 'SUCCESS', 'CHANGE', 'CLOSED', 'UNKNOWN'].map((state): [string, Record<string, unknown>] => [
      'refund.queried',
      { answer: { verdict: 'FOUND', found: { refunds: [{ state }] } } },
    ]),
    ...['requested', 'refunded', 'givenUp'].map((to): [string, Record<string, unknown>] => [
      'payment.refundMoved',
      { to },
    ]),
    ...['slip', 'receipt'].map((paper): [string, Record<string, unknown>] => ['print.queued', { paper, copy: 0 }]),
    ...['printed', 'sent', 'unknown', 'queued', 'dropped'].map((result): [string, Record<string, unknown>] => [
      'print.settled',
      { result },
    ]),
  ];

  it.each(KNOWN)('has words of its own in each language: %s %j', (kind, payload) => {
    const [zh, en] = both(kind, payload);
    expect(zh).toMatch(/\p{Script=Han}/u);
    expect(en).not.toMatch(/\p{Script=Han}/u);
    expect([zh, en]).not.toContain(kind);
  });

  it('shows a line that a newer version wrote as what it says it is', () => {
    expect(both('refund.opened', { a: 1 })).toEqual(['refund.opened', 'refund.opened']);
    expect(answered('payment.answered', 'MAYBE')).toEqual(['payment.answered', 'payment.answered']);
  });

  it('survives a reason it does not know, and a payload that is not what it should be', () => {
    expect(answered('payment.answered', 'UNKNOWN', 'BRAND_NEW')[1]).toBe('No clear answer. Reason unknown.');
    expect(both('refund.queried', { answer: { verdict: 'FOUND', found: 'lost' } })[1]).toBe('refund.queried');
    expect(both('payment.queried', { answer: 'garbled' })).toEqual(['payment.queried', 'payment.queried']);
    expect(both('sale.opened', { amountFen: 'lots' })[1]).toBe('Asked for ￥0.00');
  });
});

function withVerdict(kind: string) {
  return (verdict: string): [string, Record<string, unknown>] => [
    kind,
    { answer: { verdict, reason: { code: 'NO_REPLY' } } },
  ];
}
