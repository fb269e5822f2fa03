import type { OpenShift } from '../../contract/types.ts';
import { fen, showYuan } from '../../core/money.ts';
import type { ShiftTotals, TenderTotal, Uncertain } from '../../core/shift-rows.ts';
import { grossOf, netFen, refundsOf } from '../../core/shift-totals.ts';
import { beijingTime } from '../../core/time.ts';
import { useMessages } from '../i18n/messages.ts';
import { Sum } from './drawer.tsx';
import styles from './shift.module.css';

/** What the shift has brought in and given back, by tender. */
export function TenderSums({ totals }: { readonly totals: ShiftTotals }) {
  const words = useMessages().shift;
  const { wechat, couponFen, staticCode, cash, wechatRefunds, cashRefunds } = totals;
  return (
    <dl className={styles.sums}>
      <Tender label={words.wechat} total={wechat} />
      {couponFen > 0 && <Sum label={words.coupon} amountFen={couponFen} />}
      {totals.notSettledFen !== undefined && <Sum label={words.notSettled} amountFen={totals.notSettledFen} />}
      {staticCode.count > 0 && <Tender label={words.staticCode} total={staticCode} />}
      <Tender label={words.cash} total={cash} />
      <Tender label={words.total} total={grossOf(totals)} />
      {wechatRefunds.count > 0 && <Tender label={words.wechatRefunds} total={givenBack(wechatRefunds)} />}
      {cashRefunds.count > 0 && <Tender label={words.cashRefunds} total={givenBack(cashRefunds)} />}
      {refundsOf(totals).count > 0 && <Sum label={words.net} amountFen={netFen(totals)} />}
    </dl>
  );
}

/** Money that is in none of the sums above it; nothing when all is certain. */
export function UncertainSums({ owed, toVerify }: Uncertain) {
  const words = useMessages().shift;
  if (owed.count + toVerify.count === 0) return null;
  return (
    <div className={styles.owed}>
      <dl className={styles.sums}>
        {owed.count > 0 && <Tender label={words.unsettled} total={owed} />}
        {toVerify.count > 0 && <Tender label={words.toVerify} total={toVerify} />}
      </dl>
      <p>{words.owedNote}</p>
    </div>
  );
}

function Tender({ label, total }: { readonly label: string; readonly total: TenderTotal }) {
  return <Sum label={label} note={useMessages().shift.count(total.count)} amountFen={total.amountFen} />;
}

function givenBack({ count, amountFen }: TenderTotal): TenderTotal {
  return { count, amountFen: fen(-amountFen) };
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
