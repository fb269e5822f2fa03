import { advice } from '../../core/advice.ts';
import type { ReasonCode } from '../../core/gateway-answer.ts';
import { fen } from '../../core/money.ts';
import { findingText, type ToldFinding } from '../../core/static-advice.ts';
import { inLanguage, type Language, messagesIn } from '../i18n/messages.ts';
import { numberIn, type Payload, recordIn, textIn } from './payload.ts';

export type OfflineKind =
  | 'sale.held'
  | 'sale.resumed'
  | 'sale.discarded'
  | 'static.accepted'
  | 'static.lookedUp'
  | 'static.proven'
  | 'static.disproven';

/** A journal line about a held sale or the static code, in plain words. */
export function offlineText(kind: OfflineKind, payload: Payload, language: Language): string {
  const { offline, storyLine } = messagesIn(language);
  const words = offline.story;
  switch (kind) {
    case 'sale.held':
      return words.held(fen(numberIn(payload, 'amountFen')), textIn(payload, 'label'));
    case 'sale.resumed':
      return words.resumed;
    case 'sale.discarded':
      return words.discarded;
    case 'static.accepted': {
      const approval = recordIn(payload, 'approval');
      return words.accepted(textIn(approval, 'manager'), textIn(approval, 'why'));
    }
    case 'static.lookedUp': {
      const finding = findingIn(recordIn(payload, 'finding'));
      const said = finding ? inLanguage(findingText(finding), language) : storyLine.noReason;
      return words.lookedUp(textIn(payload, 'transactionId').slice(-4), said);
    }
    case 'static.proven':
      return words.proven(textIn(recordIn(payload, 'proof'), 'transactionId').slice(-4));
    case 'static.disproven': {
      const cause = recordIn(payload, 'cause');
      const decision = recordIn(cause, 'decision');
      if (textIn(cause, 'by') !== 'manager') return words.disprovenByFinding;
      return words.disproven(textIn(decision, 'manager'), textIn(decision, 'why'));
    }
  }
}

/** Undefined when a newer version has found something that this one has no words for. */
function findingIn(finding: Payload): ToldFinding | undefined {
  const code = textIn(finding, 'code');
  switch (code) {
    case 'OWN_PAYMENT':
    case 'USED':
      return { code, saleNumber: textIn(finding, 'saleNumber') };
    case 'OTHER_AMOUNT':
      return { code, amountFen: fen(numberIn(finding, 'amountFen')) };
    case 'OTHER_TIME':
      return { code, paidAt: numberIn(finding, 'paidAt') };
    case 'TILL_PAYMENT':
    case 'OTHER_PAYMENT':
    case 'OTHER_MERCHANT':
    case 'REFUNDED':
    case 'NOT_PAID':
    case 'NOT_FOUND':
      return { code };
    case 'NOT_KNOWN': {
      const reason = textIn(recordIn(finding, 'reason'), 'code') as ReasonCode;
      const known = advice(reason) as ReturnType<typeof advice> | undefined;
      return known && { code, reason: { code: reason } };
    }
    default:
      return undefined;
  }
}
