import type { ReactNode } from 'react';
import type { LookUpView } from '../../contract/types.ts';
import { advice } from '../../core/advice.ts';
import { showForeign, showRate } from '../../core/foreign-money.ts';
import { showYuan } from '../../core/money.ts';
import { beijingTime } from '../../core/time.ts';
import { inLanguage, useLanguage, useMessages } from '../i18n/messages.ts';
import { phaseWord } from '../rail/phase-word.ts';
import styles from './comparison.module.css';

/** One order on both sides: first whether they agree, then the evidence. */
export function Comparison({ view }: { readonly view: LookUpView }) {
  const words = useMessages().lookUp;
  return (
    <section className={styles.comparison} aria-label={words.title} data-agreement={view.agreement}>
      <p className={styles.verdict} role="status">
        {words.agreement[view.agreement]}
      </p>
      <p className={styles.meaning}>{words.meaning[view.agreement]}</p>
      <div className={styles.sides}>
        <Side title={words.books}>
          <BooksSide books={view.books} />
        </Side>
        <Side title={words.gateway}>
          <GatewaySide gateway={view.gateway} />
        </Side>
      </div>
    </section>
  );
}

function Side({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <div className={styles.side}>
      <h4>{title}</h4>
      {children}
    </div>
  );
}

function BooksSide({ books }: Pick<LookUpView, 'books'>) {
  const messages = useMessages();
  const words = messages.lookUp;
  if (books === undefined) return <p>{words.notOurs}</p>;
  const { phase, saleNumber, amountFen, refundedFen, settlement, outTradeNo, transactionId, at } = books;
  return (
    <>
      <p className={styles.state}>{phaseWord(phase, messages)}</p>
      <dl>
        <Field label={words.sale}>{saleNumber}</Field>
        <Field label={words.amount}>{showYuan(amountFen)}</Field>
        <MoneyFields settlement={settlement} />
        {refundedFen > 0 && <Field label={words.refunded}>{showYuan(refundedFen)}</Field>}
        <Field label={words.begun}>{beijingTime(at)}</Field>
        {outTradeNo !== undefined && <Field label={messages.story.orderNumber}>{outTradeNo}</Field>}
        {transactionId !== undefined && <Field label={messages.story.transaction}>{transactionId}</Field>}
      </dl>
    </>
  );
}

function GatewaySide({ gateway }: Pick<LookUpView, 'gateway'>) {
  const messages = useMessages();
  const language = useLanguage();
  const words = messages.lookUp;
  if (gateway.verdict === 'NOT_FOUND') return <p>{words.notFound}</p>;
  if (gateway.verdict === 'OTHER_GATEWAY') return <p>{words.otherGateway}</p>;
  if (gateway.verdict === 'UNKNOWN') return <p>{inLanguage(advice(gateway.reason.code).happened, language)}</p>;
  const { state, gatewayState, totalFen, settlement, paidAt, outTradeNo, transactionId, tradeType, deviceInfo } =
    gateway;
  return (
    <>
      <p className={styles.state}>{words.state[state]}</p>
      <dl>
        {deviceInfo !== '' && <Field label={words.till}>{deviceInfo}</Field>}
        {totalFen !== undefined && <Field label={words.amount}>{showYuan(totalFen)}</Field>}
        <MoneyFields settlement={settlement} />
        {paidAt !== undefined && <Field label={words.paidAt}>{beijingTime(paidAt)}</Field>}
        <Field label={messages.story.orderNumber}>{outTradeNo}</Field>
        {transactionId !== undefined && <Field label={messages.story.transaction}>{transactionId}</Field>}
        <Field label={messages.story.forSupport}>{[gatewayState, tradeType].filter(Boolean).join(' · ')}</Field>
      </dl>
    </>
  );
}

/** Only what is out of the ordinary: the rest says the amount already. */
function MoneyFields({ settlement }: Pick<NonNullable<LookUpView['books']>, 'settlement'>) {
  const words = useMessages().lookUp;
  if (settlement === undefined) return null;
  const { paidFen, couponFen, settledFen, foreign } = settlement;
  const rate = foreign && showRate(foreign);
  return (
    <>
      {couponFen > 0 && <Field label={words.coupon}>{showYuan(couponFen)}</Field>}
      {couponFen > 0 && <Field label={words.paid}>{showYuan(paidFen)}</Field>}
      {settledFen !== undefined && <Field label={words.settled}>{showYuan(settledFen)}</Field>}
      {foreign && <Field label={words.foreign}>{showForeign(foreign)}</Field>}
      {rate !== undefined && <Field label={words.rate}>{rate}</Field>}
    </>
  );
}

function Field({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}
