import { fen, showYuan } from '../../core/money.ts';
import { refundAdvice } from '../../core/refund-advice.ts';
import type { RefundReasonCode } from '../../core/refund-answer.ts';
import { inLanguage, type Language, type Messages } from '../i18n/messages.ts';
import { numberIn, type Payload, pick, recordIn, textIn } from './payload.ts';

/** One journal line about money that goes back, in plain words; undefined for a kind that this version does not know. */
export function refundLine(kind: string, payload: Payload, words: Messages, language: Language): string | undefined {
  const { line } = words.refund;
  switch (kind) {
    case 'refund.requested': {
      const decision = recordIn(payload, 'decision');
      return line.requested(amountIn(payload, 'refundFen'), textIn(decision, 'manager'), textIn(decision, 'why'));
    }
    case 'cash.refunded': {
      const decision = recordIn(payload, 'decision');
      return line.handedBack(amountIn(payload, 'amountFen'), textIn(decision, 'manager'), textIn(decision, 'why'));
    }
    case 'refund.answered': {
      const answer = recordIn(payload, 'answer');
      const said = pick<string | ((why: string) => string)>(line.answered, textIn(answer, 'verdict'));
      return typeof said === 'function' ? said(why(answer, words, language)) : said;
    }
    case 'refund.queried':
      return queriedLine(recordIn(payload, 'answer'), words, language);
    case 'refund.retried':
      return line.retried;
    case 'refund.givenUp': {
      const decision = recordIn(payload, 'decision');
      return line.givenUp(textIn(decision, 'manager'), textIn(decision, 'why'));
    }
    case 'refund.resumed':
      return line.resumed;
    case 'payment.refundMoved':
      return pick(line.moved, textIn(payload, 'to'));
    default:
      return undefined;
  }
}

function queriedLine(answer: Payload, words: Messages, language: Language): string | undefined {
  const { line } = words.refund;
  switch (textIn(answer, 'verdict')) {
    case 'FOUND': {
      const { refunds } = recordIn(answer, 'found');
      const [first] = Array.isArray(refunds) ? refunds : [];
      return pick(line.found, textIn(recordIn({ first }, 'first'), 'state'));
    }
    case 'NOT_FOUND':
      return line.notFound;
    case 'UNKNOWN':
      return line.unsaid(why(answer, words, language));
    default:
      return undefined;
  }
}

function why(answer: Payload, words: Messages, language: Language): string {
  // The journal may hold a reason that this version does not know yet.
  const code = textIn(recordIn(answer, 'reason'), 'code') as RefundReasonCode;
  const known = refundAdvice(code) as ReturnType<typeof refundAdvice> | undefined;
  return known === undefined ? words.storyLine.noReason : inLanguage(known.happened, language);
}

function amountIn(payload: Payload, key: string): string {
  return showYuan(fen(numberIn(payload, key)));
}
