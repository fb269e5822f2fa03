import type { OpenShift } from '../../contract/types.ts';
import { fen, showYuan } from '../../core/money.ts';
import { beijingTime } from '../../core/time.ts';
import { useMessages } from '../i18n/messages.ts';
import { Sum } from './drawer.tsx';
import styles from './shift.module.css';

type Tenders = Pick<OpenShift, 'wechat' | 'cash' | 'couponFen' | 'notSettledFen'>;

/** What the shift has brought in, by tender. */
export function TenderSums({ wechat, cash, couponFen, notSettledFen }: Tenders) {
  const words = useMessages().shift;
  return (
    <dl className={styles.sums}>
      <Sum label={words.wechat} note={words.count(wechat.count)} amountFen={wechat.amountFen} />
      {couponFen > 0 && <Sum label={words.coupon} amountFen={couponFen} />}
      {notSettledFen !== undefined && <Sum label={words.notSettled} amountFen={notSettledFen} />}
      <Sum label={words.cash} note={words.count(cash.count)} amountFen={cash.amountFen} />
      <Sum
        label={words.total}
        note={words.count(wechat.count + cash.count)}
        amountFen={fen(wechat.amountFen + cash.amountFen)}
      />
    </dl>
  );
}

/** The float, and what went into the drawer and out of it since. */
export function Moves({ floatFen, moves }: Pick<OpenShift, 'floatFen' | 'moves'>) {
  const words = useMessages().shift;
  return (
    <>
      <dl className={styles.sums}>
        <Sum label={words.float} amountFen={floatFen} />
      </dl>
      {moves.length > 0 && (
        <ul className={styles.moves} aria-label={words.moves}>
          {moves.map(({ direction, amountFen, why, by, at }) => (
            <li key={`${at}-${direction}-${amountFen}`}>
              <span>
                {direction === 'in' ? words.cashIn : words.cashOut} · {why}
                <small>{` ${by} ${beijingTime(at).slice(11, 16)}`}</small>
              </span>
              <span>{direction === 'in' ? `+${showYuan(amountFen)}` : showYuan(fen(-amountFen))}</span>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
