import type { ReactNode } from 'react';
import type { SimulatorView } from '../../contract/simulator-view.ts';
import { showYuan } from '../../core/money.ts';
import { beijingTime } from '../../core/time.ts';
import styles from './page.module.css';
import rows from './rows.module.css';
import { useStateNames, useWords } from './words.ts';

/** What else the ledger holds: refunds, money that went out, and what the till should not have done. */
export function MoneyLists({ view }: { readonly view: SimulatorView }) {
  const words = useWords();
  const names = useStateNames();
  return (
    <>
      <List title={words.refunds} isEmpty={view.refunds.length === 0}>
        {view.refunds.map(({ outRefundNo, outTradeNo, acceptedAt, state, refundFen }) => (
          <li key={outRefundNo} className={rows.entry} data-refund={outRefundNo}>
            <time>{beijingTime(acceptedAt).slice(11, 19)}</time>
            <span className={rows.number}>
              {outRefundNo}
              <small>{outTradeNo}</small>
            </span>
            <span>{names.refund[state]}</span>
            <span className={rows.money}>{showYuan(refundFen)}</span>
          </li>
        ))}
      </List>
      <List title={words.payouts} isEmpty={view.payouts.length === 0}>
        {view.payouts.map(({ family, number, madeAt, state, amountFen }) => (
          <li key={`${family} ${number}`} className={rows.entry} data-payout={number}>
            <time>{beijingTime(madeAt).slice(11, 19)}</time>
            <span className={rows.number}>
              {number}
              <small>{names.family[family]}</small>
            </span>
            <span>{names.payout[state]}</span>
            <span className={rows.money}>{showYuan(amountFen)}</span>
          </li>
        ))}
      </List>
      <List title={words.violations} isEmpty={view.violations.length === 0}>
        {view.violations.map(({ kind, at, outTradeNo, detail }) => (
          <li key={`${at} ${kind} ${outTradeNo} ${detail}`} className={rows.entry}>
            <time>{beijingTime(at).slice(11, 19)}</time>
            <span className={rows.number}>
              {kind}
              <small>
                {outTradeNo} · {detail}
              </small>
            </span>
          </li>
        ))}
      </List>
    </>
  );
}

function List({
  title,
  isEmpty,
  children,
}: {
  readonly title: string;
  readonly isEmpty: boolean;
  readonly children: ReactNode;
}) {
  if (isEmpty) return null;
  return (
    <section className={styles.panel}>
      <h2>{title}</h2>
      <ol>{children}</ol>
    </section>
  );
}
