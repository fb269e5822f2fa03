import type { SalesView } from '../../contract/types.ts';
import { type Fen, showYuan } from '../../core/money.ts';
import { useMessages } from '../i18n/messages.ts';
import styles from './totals.module.css';

interface TotalLine {
  readonly key: string;
  readonly label: string;
  readonly amountFen: Fen;
}

/** What the day's total is made of, a line each; a kind of money that nobody has brought yet takes no room. */
export function Totals({ sales }: { readonly sales: SalesView }) {
  const { rail } = useMessages();
  const lines: readonly TotalLine[] = [
    { key: 'wechat', label: rail.wechat, amountFen: sales.wechatFen },
    { key: 'cash', label: rail.cash, amountFen: sales.cashFen },
  ];
  return (
    <dl className={styles.totals}>
      {lines
        .filter(({ amountFen }) => amountFen !== 0)
        .map(({ key, label, amountFen }) => (
          <div key={key} data-total={key}>
            <dt>{label}</dt>
            <dd>{showYuan(amountFen)}</dd>
          </div>
        ))}
    </dl>
  );
}
