import { showYuan } from '../../core/money.ts';
import type { Messages } from './words.ts';

/** The words of what is not settled in English; i18n/en.ts has them under `queue`. */
export const queueEn: Messages['queue'] = {
  title: 'Payments and refunds not settled',
  close: 'Close',
  settled: 'All settled',
  sum: (count, amount, age) => `${count} not settled · ${showYuan(amount)} · oldest ${age}`,
  byItself: 'The terminal resolves them by itself. Hold the goods until then',
  humans: (count) => (count === 1 ? 'One of them needs a manager' : `${count} of them need a manager`),
  drain: (done, total) => `${done} of ${total} settled`,
  drainLabel: 'How many are settled',
  givenUpTotal: (count, amount) =>
    `Besides, ${count} given up by a manager · ${showYuan(amount)} · not counted as paid`,
  kind: {
    resolve: 'being resolved',
    refund: 'refund, not yet there',
    print: 'receipt not printed',
    verify: 'static code, to be verified',
  },
  human: 'needs a manager',
  humanRefund: 'refund needs a manager',
  attempts: (count) => (count === 0 ? 'not tried yet' : count === 1 ? 'tried once' : `tried ${count} times`),
  tryNow: 'Try now',
  lookAgain: 'Check again',
  trying: 'Checking',
  nothingToTry: 'Nothing can be done right now',
  story: 'Story',
  decide: 'Give up…',
  giveUpMeans:
    'It will not be checked any more and does not count as paid. The money may still be with us: compare the bill, refund if due.',
  whyExample: 'e.g. checked the bill, refunded',
  notYet: 'Not yet',
  giveUp: 'Give up for good',
  giveUpFailed: 'It was not written down, nothing has changed. Try again.',
};
