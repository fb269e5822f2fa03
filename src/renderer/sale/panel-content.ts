import type { CashView, PaymentView, StaticView, TillView } from '../../contract/types.ts';
import { advice } from '../../core/advice.ts';
import { unreachable } from '../../core/assert.ts';
import { showForeign, showRate } from '../../core/foreign-money.ts';
import { type Fen, formatYuan, showYuan } from '../../core/money.ts';
import { orderAdvice } from '../../core/order-advice.ts';
import { inLanguage, type Language, type Messages, messagesIn } from '../i18n/messages.ts';
import { totalFen } from './amount.ts';
import { type Desk, type SaleState, saleState } from './desk.ts';
import { type Tender, tenderGlance } from './tender.ts';

/** The families of colour a state can have. Several states may share one: their icon and word tell them apart. */
export type Tone = 'neutral' | 'waiting' | 'working' | 'password' | 'uncertain' | 'paid' | 'declined' | 'cancelled';

export const TONES: Readonly<Record<SaleState, Tone>> = {
  keying: 'neutral',
  scan: 'waiting',
  tender: 'waiting',
  working: 'working',
  offered: 'waiting',
  password: 'password',
  uncertain: 'uncertain',
  attention: 'uncertain',
  cancelling: 'cancelled',
  closing: 'uncertain',
  cancelled: 'cancelled',
  givenUp: 'cancelled',
  toVerify: 'uncertain',
  paid: 'paid',
  declined: 'declined',
};

/** What the panel can be in: a state of the sale, or not knowing it. */
export type PanelState = SaleState | 'connecting' | 'lost';

export interface PanelContent {
  readonly state: PanelState;
  readonly tone: Tone;
  readonly word: string;
  /** Without the currency sign, grouped: "1,234.50". While keying, exactly as typed. */
  readonly amount: string;
  /** Under the amount: the sum while keying, the sale's number once it has one. */
  readonly detail: string;
  /** At most three; the one that matters most is strong. */
  readonly lines: readonly PanelLine[];
  /** The gateway's own code, for support. */
  readonly code?: string;
  /** At most so long from when the view was sent (ms). */
  readonly msLeft?: number;
  /** The sale whose receipt can be shown. */
  readonly paidSaleId?: string;
  /** The QR code that the customer scans, as SVG text. */
  readonly qrSvg?: string;
}

export interface PanelLine {
  readonly text: string;
  readonly strong?: boolean;
}

/** Everything the large panel says, from what the terminal says and what lies on the desk. */
export function panelContent(desk: Desk, till: TillView, language: Language): PanelContent {
  const state = saleState(desk, till);
  const words = messagesIn(language);
  const shown = { state, tone: TONES[state], word: words.state[state] };
  if (state === 'keying') {
    return { ...shown, amount: keyedAmount(desk), detail: keyedDetail(desk), lines: plain(words.lines.keying) };
  }
  const detail = till.saleNumber === undefined ? '' : words.amount.saleNumber(till.saleNumber);
  if (state === 'tender' && desk.tender) {
    return {
      ...shown,
      amount: grouped(till.amountFen),
      detail,
      lines: tenderLines(desk.tender, till.amountFen, words),
    };
  }
  if (till.cash) {
    const lines = cashLines(till.cash, words);
    return { ...shown, amount: grouped(till.amountFen), detail, lines, paidSaleId: till.cash.saleId };
  }
  if (till.static) {
    const lines = staticLines(till.static, words);
    return { ...shown, amount: grouped(till.amountFen), detail, lines, ...receiptOf(till.static) };
  }
  if (state === 'scan' || till.payment === undefined) {
    return { ...shown, amount: grouped(till.amountFen), detail, lines: scanLines(desk, words) };
  }
  const { payment } = till;
  return {
    ...shown,
    amount: grouped(payment.amountFen),
    detail: words.amount.saleNumber(payment.saleNumber),
    lines: paymentLines(payment, words, language),
    ...(payment.reason?.gatewayCode === undefined ? {} : { code: payment.reason.gatewayCode }),
    ...(payment.msLeft === undefined ? {} : { msLeft: payment.msLeft }),
    ...(payment.phase === 'paid' ? { paidSaleId: payment.saleId } : {}),
    ...(till.qr ? { qrSvg: till.qr.svg } : {}),
  };
}

/** While the terminal cannot be heard. The last amount stays in view: nothing about it has changed. */
export function silentContent(
  state: 'connecting' | 'lost',
  last: PanelContent | undefined,
  language: Language,
): PanelContent {
  const { app } = messagesIn(language);
  const [first, ...rest] = app.lostLines;
  return {
    state,
    tone: state === 'lost' ? 'cancelled' : 'waiting',
    word: state === 'lost' ? app.lostTitle : app.connecting,
    amount: last?.amount ?? '0.00',
    detail: last?.detail ?? '',
    lines: state === 'lost' ? [{ text: first, strong: true }, ...plain(rest)] : [],
  };
}

function scanLines({ handCode }: Desk, words: Messages): readonly PanelLine[] {
  if (handCode === '') return [...plain(words.lines.scan), { text: words.lines.scanByHand }];
  const inGroups = handCode.replace(/\d{4}(?=\d)/g, '$& ');
  return [{ text: words.amount.handCode }, { text: inGroups, strong: true }, { text: words.amount.handCodeSend }];
}

function tenderLines(tender: Tender, amountFen: Fen, { cash }: Messages): readonly PanelLine[] {
  const { tenderedFen, changeFen } = tenderGlance(tender, amountFen);
  const change = changeFen === undefined ? cash.noChange : cash.change(changeFen);
  return [{ text: cash.tendered(tenderedFen) }, { text: change, strong: true }];
}

function cashLines({ tenderedFen, changeFen }: CashView, { cash, lines }: Messages): readonly PanelLine[] {
  return [
    { text: cash.change(changeFen), strong: true },
    { text: cash.tendered(tenderedFen) },
    { text: lines.paidNext },
  ];
}

function staticLines({ state, manager, transactionId }: StaticView, words: Messages): readonly PanelLine[] {
  const { panel } = words.offline.static;
  if (state === 'disproven') return plain(panel.disproven);
  if (state === 'proven') {
    return plain([words.lines.paidReference(transactionId?.slice(-4) ?? ''), words.lines.paidNext]);
  }
  return [{ text: panel.notCounted, strong: true }, { text: panel.approved(manager) }, { text: panel.next }];
}

function receiptOf({ state, saleId }: StaticView): Pick<PanelContent, 'paidSaleId'> {
  return state === 'disproven' ? {} : { paidSaleId: saleId };
}

function paymentLines(payment: PaymentView, words: Messages, language: Language): readonly PanelLine[] {
  const { lines } = words;
  const reason = payment.reason && (payment.method ? orderAdvice : advice)(payment.reason.code);
  const say = (text: { zh: string; en: string }): PanelLine => ({ text: inLanguage(text, language) });
  switch (payment.phase) {
    case 'working':
      return plain(payment.method ? words.qr.placing : lines.working);
    case 'offered':
      return [...plain(words.qr.offered), ...troubleLines(payment, words, language)];
    case 'closing':
      return plain(words.qr.closing).map((line, index) => (index === 0 ? { ...line, strong: true } : line));
    case 'password':
      return plain(lines.password);
    case 'cancelling':
      return plain(lines.cancelling);
    case 'uncertain':
      return [
        { text: lines.uncertain, strong: true },
        ...(reason ? [say(reason.happened)] : []),
        { text: payment.cancellable ? lines.uncertainDoing : lines.uncertainReversing },
      ];
    case 'attention':
      if (payment.refunding) return plain(words.refund.takeBack.underWay).map((line) => ({ ...line, strong: true }));
      return [{ text: lines.attention, strong: true }, ...(reason ? [say(reason.happened), say(reason.next)] : [])];
    case 'declined':
      if (reason === undefined) return [{ text: lines.declinedUnknown }];
      return [say(reason.happened), say(reason.money), { ...say(reason.next), strong: true }];
    case 'cancelled':
      if (payment.method) return plain(words.qr.closed);
      return [
        ...(reason && payment.reason?.code !== 'AWAITING_PASSWORD' ? [say(reason.happened)] : []),
        ...plain(lines.cancelled),
      ];
    case 'givenUp':
      return plain(lines.givenUp);
    case 'paid':
      return paidLines(payment, lines);
    default:
      return unreachable(payment.phase);
  }
}

/** Why it is not known just now whether the code was paid; silent while all is well. */
function troubleLines({ reason }: PaymentView, { qr }: Messages, language: Language): readonly PanelLine[] {
  if (reason === undefined || reason.code === 'AWAITING_SCAN') return [];
  return [{ text: qr.trouble(inLanguage(advice(reason.code).happened, language)) }];
}

function paidLines(payment: PaymentView, lines: Messages['lines']): readonly PanelLine[] {
  const { couponFen, paidFen, foreign, transactionId } = payment;
  return [
    ...(couponFen !== undefined && couponFen > 0 && paidFen !== undefined
      ? [{ text: lines.paidCoupon(paidFen, couponFen), strong: true }]
      : []),
    ...(foreign ? [{ text: lines.paidForeign(showForeign(foreign), showRate(foreign)) }] : []),
    ...(transactionId === undefined ? [] : [{ text: lines.paidReference(transactionId.slice(-4)) }]),
    { text: lines.paidNext },
  ];
}

function plain(texts: readonly string[]): readonly PanelLine[] {
  return texts.map((text) => ({ text }));
}

function grouped(amount: Fen): string {
  return showYuan(amount).replace('￥', '');
}

/** The sum of all lines, but the last one's decimals as far as they are typed. */
function keyedAmount({ amount }: Desk): string {
  const total = grouped(totalFen(amount));
  if (amount.lines.length > 0 || amount.text === '') return total;
  const [yuan = ''] = total.split('.');
  const [, decimals] = amount.text.split('.');
  return decimals === undefined ? yuan : `${yuan}.${decimals}`;
}

function keyedDetail({ amount }: Desk): string {
  if (amount.lines.length === 0) return '';
  const open = amount.text === '' ? [] : [amount.text];
  return [...amount.lines.map(formatYuan), ...open].join(' + ');
}
