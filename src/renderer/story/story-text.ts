import type { StoryLine } from '../../contract/types.ts';
import { advice } from '../../core/advice.ts';
import type { ReasonCode } from '../../core/gateway-answer.ts';
import { fen } from '../../core/money.ts';
import { inLanguage, type Language, type Messages, messagesIn } from '../i18n/messages.ts';
import { offlineText } from './offline-text.ts';
import { numberIn, pick, recordIn, textIn } from './payload.ts';
import { refundLine } from './refund-line.ts';

type StoryWords = Messages['storyLine'];

/**
 * One journal line in plain words. The payload is read with suspicion: a line written by a newer version still shows,
 * as the kind it says it is.
 */
export function storyText(line: StoryLine, language: Language): string {
  const words = messagesIn(language).storyLine;
  return (
    knownText(line, words, language) ?? refundLine(line.kind, line.payload, messagesIn(language), language) ?? line.kind
  );
}

function knownText({ kind, payload }: StoryLine, words: StoryWords, language: Language): string | undefined {
  switch (kind) {
    case 'sale.opened':
      return words.opened(fen(numberIn(payload, 'amountFen')));
    case 'sale.abandoned':
      return words.abandoned;
    case 'cash.received':
      return words.cashReceived(fen(numberIn(payload, 'tenderedFen')), fen(numberIn(payload, 'changeFen')));
    case 'payment.submitted':
      if (textIn(payload, 'method') === 'native') return messagesIn(language).qr.line.submitted;
      return words.submitted(numberIn(payload, 'attempt'));
    case 'payment.placed':
      return answerText(payload, messagesIn(language).qr.line.placed, words, language);
    case 'payment.closeAnswered':
      return answerText(payload, messagesIn(language).qr.line.closed, words, language);
    case 'payment.answered':
      return answerText(payload, words.answered, words, language);
    case 'payment.queried':
      return answerText(payload, words.queried, words, language);
    case 'payment.reverseAnswered':
      return answerText(payload, words.reversed, words, language);
    case 'payment.cancelRequested':
      return words.cancelRequested;
    case 'payment.givenUp': {
      const decision = recordIn(payload, 'decision');
      return words.givenUp(textIn(decision, 'manager'), textIn(decision, 'why'));
    }
    case 'payment.resumed':
      return words.resumed;
    case 'sale.held':
    case 'sale.resumed':
    case 'sale.discarded':
    case 'static.accepted':
    case 'static.lookedUp':
    case 'static.proven':
    case 'static.disproven':
      return offlineText(kind, payload, language);
    case 'print.queued':
      if ('paper' in payload)
        return pick(messagesIn(language).refund.line, textIn(payload, 'paper')) as string | undefined;
      return words.printQueued(numberIn(payload, 'copy'));
    case 'print.sending':
      return words.printSending;
    case 'print.settled':
      return pick(words.printSettled, textIn(payload, 'result'));
    case 'terminal.started':
      return words.started(textIn(payload, 'version'));
    case 'clock.jumped':
      return words.clockJumped(Math.round(numberIn(payload, 'byMs') / 1000));
    default:
      return undefined;
  }
}

type Verdicts = Readonly<Record<string, string | ((why: string) => string)>>;

function answerText(
  payload: StoryLine['payload'],
  verdicts: Verdicts,
  words: StoryWords,
  language: Language,
): string | undefined {
  const answer = recordIn(payload, 'answer');
  const text = pick(verdicts, textIn(answer, 'verdict'));
  return typeof text === 'function' ? text(reasonText(recordIn(answer, 'reason'), words, language)) : text;
}

function reasonText(reason: Readonly<Record<string, unknown>>, words: StoryWords, language: Language): string {
  // The journal may hold a reason that this version does not know yet.
  const known = advice(textIn(reason, 'code') as ReasonCode) as ReturnType<typeof advice> | undefined;
  return known === undefined ? words.noReason : inLanguage(known.happened, language);
}
