import type { LookUpView, SettlementView } from '../../contract/types.ts';
import { advice } from '../../core/advice.ts';
import { showForeign, showRate } from '../../core/foreign-money.ts';
import { type Fen, showYuan } from '../../core/money.ts';
import { beijingTime } from '../../core/time.ts';
import { inLanguage, type Language, type Messages } from '../i18n/messages.ts';
import { phaseWord } from '../rail/phase-word.ts';

export interface ComparisonRow {
  readonly label: string;
  /** Empty where that side has nothing to say. */
  readonly books: string;
  readonly gateway: string;
}

type Found = Extract<LookUpView['gateway'], { verdict: 'FOUND' }>;

/** What both sides say, line by line; a line that neither has anything to say in is left out. */
export function comparisonRows(view: LookUpView, messages: Messages, language: Language): readonly ComparisonRow[] {
  const { lookUp: words, story } = messages;
  const { books } = view;
  const found: Partial<Found> = view.gateway.verdict === 'FOUND' ? view.gateway : {};
  const [ours, theirs] = [books?.settlement, found.settlement];
  const rows = [
    row(words.result, booksResult(view, messages), gatewayResult(view, messages, language)),
    row(words.amount, yuan(books?.amountFen), yuan(found.totalFen)),
    ...settlementRows(ours, theirs, words),
    row(words.refunded, books?.refundedFen ? yuan(books.refundedFen) : '', ''),
    row(words.time, time(books?.at), time(found.paidAt)),
    row(words.till, books?.saleNumber, found.deviceInfo),
    row(story.orderNumber, books?.outTradeNo, found.outTradeNo),
    row(story.transaction, books?.transactionId, found.transactionId),
    row(story.forSupport, '', [found.gatewayState, found.tradeType].filter(Boolean).join(' · ')),
  ];
  return rows.filter((said) => said.books !== '' || said.gateway !== '');
}

/** Only what is out of the ordinary: the amount says the rest already. */
function settlementRows(
  ours: SettlementView | undefined,
  theirs: SettlementView | undefined,
  words: Messages['lookUp'],
): readonly ComparisonRow[] {
  const both = (label: string, of: (side: SettlementView) => string): ComparisonRow =>
    row(label, ours && of(ours), theirs && of(theirs));
  return [
    both(words.coupon, ({ couponFen }) => (couponFen > 0 ? yuan(couponFen) : '')),
    both(words.paid, ({ couponFen, paidFen }) => (couponFen > 0 ? yuan(paidFen) : '')),
    both(words.settled, ({ settledFen }) => yuan(settledFen)),
    both(words.foreign, ({ foreign }) => (foreign ? showForeign(foreign) : '')),
    both(words.rate, ({ foreign }) => (foreign && showRate(foreign)) ?? ''),
  ];
}

function booksResult({ books }: LookUpView, messages: Messages): string {
  return books ? phaseWord(books.phase, messages) : messages.lookUp.notOurs;
}

function gatewayResult({ gateway }: LookUpView, { lookUp }: Messages, language: Language): string {
  switch (gateway.verdict) {
    case 'FOUND':
      return lookUp.state[gateway.state];
    case 'NOT_FOUND':
      return lookUp.notFound;
    case 'OTHER_GATEWAY':
      return lookUp.otherGateway;
    case 'UNKNOWN':
      return inLanguage(advice(gateway.reason.code).happened, language);
  }
}

function row(label: string, books: string | undefined, gateway: string | undefined): ComparisonRow {
  return { label, books: books ?? '', gateway: gateway ?? '' };
}

function yuan(amountFen: Fen | undefined): string {
  return amountFen === undefined ? '' : showYuan(amountFen);
}

function time(at: number | undefined): string {
  return at === undefined ? '' : beijingTime(at);
}
