import type { LookUpView } from '../../contract/types.ts';
import { type BooksSide, compareSides } from '../../core/look-up-comparison.ts';
import { fen } from '../../core/money.ts';
import type { OrderLookUp } from '../../core/order-look-up.ts';
import { saleNumber } from '../../core/order-number.ts';
import { isSettled, type Payment } from '../../core/payment.ts';
import { readScan } from '../../core/payment-code.ts';
import { glance } from '../../core/payment-view.ts';
import { heldFen } from '../../core/refund-rules.ts';
import { type StaticPayment, TRANSACTION_ID } from '../../core/static-payment.ts';
import { fromBeijingStamp } from '../../core/time.ts';
import type { LookUpGateway, OrderRef } from '../gateway/gateway.ts';
import type { Ledger } from '../ledger/open-ledger.ts';
import { settlementView } from './settlement-view.ts';

export interface OrderLookUpOptions {
  readonly ledger: SaleFinder &
    Pick<Ledger, 'sale' | 'paymentByNumber' | 'paymentsOfSale' | 'staticOfSale' | 'refundsOfSale' | 'saleOfOrder'>;
  readonly gateway: LookUpGateway;
  /** What a payment's `gateway` says: who is asked here. */
  readonly gatewayName: string;
  /** An order of our own that is not certain: worth asking now by its own loop. */
  readonly onOpenOrder: (paymentId: string) => void;
}

type SaleFinder = Pick<Ledger, 'terminal' | 'saleIdByCode' | 'saleOfTransaction' | 'saleOfClaim'>;

export type OrderLookUps = ReturnType<typeof createOrderLookUps>;

/** What the books have under a number: an order that can be asked about, of a payment code, a QR code or the static code. */
type Known = { readonly payment: Payment } | { readonly onCode: StaticPayment };

const OUT_TRADE_NO = /^[0-9A-Za-z_\-|*@]{6,32}$/;

/** Looks up any order by any number that a person may hold. Reads only. */
export function createOrderLookUps({ ledger, gateway, gatewayName, onOpenOrder }: OrderLookUpOptions) {
  function knownBy(number: string, saleId: string | undefined): Known | undefined {
    const named = ledger.paymentByNumber(number);
    if (named) return { payment: named };
    if (saleId === undefined) return undefined;
    const onCode = ledger.staticOfSale(saleId);
    if (onCode) return { onCode };
    const payments = ledger.paymentsOfSale(saleId);
    const payment = payments.find(({ state }) => state === 'paid') ?? payments.at(-1);
    return payment && { payment };
  }

  /** By which number the gateway is asked; undefined when there is none that it could know. */
  function refOf(number: string, known: Known | undefined): OrderRef | undefined {
    if (TRANSACTION_ID.test(number)) return { transactionId: number };
    if (known && 'payment' in known) return { outTradeNo: known.payment.outTradeNo };
    if (known) {
      const transactionId = transactionOf(known);
      return transactionId === undefined ? undefined : { transactionId };
    }
    // A payment code is nobody's order, and goes nowhere but into a payment.
    return OUT_TRADE_NO.test(number) && readScan(number).kind !== 'wechat' ? { outTradeNo: number } : undefined;
  }

  function booksView(known: Known): LookUpView['books'] {
    const { saleId, amountFen } = 'payment' in known ? known.payment : known.onCode;
    const sale = ledger.sale(saleId);
    const transactionId = transactionOf(known);
    return (
      sale && {
        saleId,
        saleNumber: sale.number,
        amountFen,
        refundedFen: refundedFen(known),
        ...(transactionId === undefined ? {} : { transactionId }),
        ...('payment' in known ? paymentSide(known.payment) : staticSide(known.onCode)),
      }
    );
  }

  function refundedFen(known: Known) {
    if ('onCode' in known) return fen(0);
    const { id, saleId } = known.payment;
    return heldFen(ledger.refundsOfSale(saleId).filter(({ paymentId }) => paymentId === id));
  }

  function booksSide(known: Known): BooksSide {
    const transactionId = transactionOf(known);
    return {
      money: 'payment' in known ? moneyOf(known.payment) : STATIC_MONEY[known.onCode.state],
      amountFen: 'payment' in known ? known.payment.amountFen : known.onCode.amountFen,
      refundedFen: refundedFen(known),
      ...(transactionId === undefined ? {} : { transactionId }),
    };
  }

  /** The transaction of a payment that is not certain is known to nobody here until the answer names its order. */
  function foundIn(answer: OrderLookUp): Known | undefined {
    const payment = answer.verdict === 'FOUND' ? ledger.paymentByNumber(answer.order.outTradeNo) : undefined;
    return payment && { payment };
  }

  return {
    /** @returns undefined when the number is of no order that anybody could be asked about. Never rejects. */
    async order(typed: string): Promise<LookUpView | undefined> {
      const number = tidied(typed);
      const before = knownBy(number, saleIdOf(ledger, number));
      const ref = refOf(number, before);
      if (ref === undefined) return undefined;
      if (before && gatewayOf(before) !== gatewayName) {
        const books = booksView(before);
        return { agreement: 'unknown', ...(books ? { books } : {}), gateway: { verdict: 'OTHER_GATEWAY' } };
      }
      const answer = await gateway.lookUp(ref);
      // Read anew: the payment may have come to its end while the gateway was asked.
      const known = knownBy(number, saleIdOf(ledger, number)) ?? foundIn(answer);
      if (known && 'payment' in known && !isSettled(known.payment)) onOpenOrder(known.payment.id);
      const books = known && booksView(known);
      return {
        agreement: compareSides(known && booksSide(known), answer),
        ...(books ? { books } : {}),
        gateway: gatewayView(answer),
      };
    },
  };
}

/** The sale that this number is about: a receipt's code, the sale's number or its sequence here, or a transaction's. */
export function saleIdOf(ledger: SaleFinder, typed: string): string | undefined {
  const number = tidied(typed);
  const terminal = ledger.terminal();
  const bySequence = terminal && /^[1-9]\d{0,8}$/.test(number) ? saleNumber(terminal, Number(number)) : undefined;
  const byTransaction = TRANSACTION_ID.test(number)
    ? (ledger.saleOfTransaction(number) ?? ledger.saleOfClaim(number))
    : undefined;
  return ledger.saleIdByCode(byTransaction ?? bySequence ?? number);
}

/** Phones show the transaction's number in groups, and people key it so. */
function tidied(typed: string): string {
  return typed.normalize('NFKC').replace(/\s/g, '');
}

function gatewayOf(known: Known): string {
  return 'payment' in known ? known.payment.gateway : known.onCode.gateway;
}

function transactionOf(known: Known): string | undefined {
  if ('payment' in known) {
    const { payment } = known;
    return 'settlement' in payment ? payment.settlement?.transactionId : undefined;
  }
  const { onCode } = known;
  return onCode.state === 'proven' ? onCode.proof.transactionId : onCode.claimedId;
}

function moneyOf(payment: Payment): BooksSide['money'] {
  if (!isSettled(payment)) return 'open';
  if (payment.state === 'givenUp') return 'givenUp';
  return payment.state === 'paid' ? 'paid' : 'none';
}

const STATIC_MONEY = { accepted: 'open', proven: 'paid', disproven: 'none' } as const;

function paymentSide(payment: Payment) {
  const { outTradeNo, submittedAt: at } = payment;
  const settlement = 'settlement' in payment ? payment.settlement : undefined;
  return {
    phase: glance(payment).phase,
    outTradeNo,
    at,
    ...(settlement ? { settlement: settlementView(settlement) } : {}),
  };
}

function staticSide({ state, acceptedAt: at }: StaticPayment) {
  return { phase: STATIC_PHASE[state], at };
}

const STATIC_PHASE = { accepted: 'toVerify', proven: 'paid', disproven: 'disproven' } as const;

function gatewayView(answer: OrderLookUp): LookUpView['gateway'] {
  if (answer.verdict !== 'FOUND') return answer;
  const { settlement, attach: _, ...order } = answer.order;
  const paidAt = fromBeijingStamp(settlement?.timeEnd ?? '');
  return {
    verdict: 'FOUND',
    ...order,
    ...(settlement ? { totalFen: settlement.totalFen, settlement: settlementView(settlement) } : {}),
    ...(paidAt === undefined ? {} : { paidAt }),
  };
}
