import type { OpenShift } from '../../contract/types.ts';
import { type Fen, fen, showYuan } from '../../core/money.ts';
import { useMessages } from '../i18n/messages.ts';
import styles from './shift.module.css';

type DrawerCount = NonNullable<OpenShift['count']>;

/** The answer first: too much, too little, or neither; then the two sums that it comes from. */
export function Drawer({ drawer }: { readonly drawer: DrawerCount }) {
  const words = useMessages().shift;
  const { expectedFen, countedFen, differenceFen } = drawer;
  return (
    <>
      <p className={styles.answer} data-well={differenceFen === 0}>
        {differenceText(differenceFen, words)}
      </p>
      <dl className={styles.sums}>
        <Sum label={words.expected} amountFen={expectedFen} />
        <Sum label={words.countedSum} amountFen={countedFen} />
      </dl>
    </>
  );
}

export function Sum({
  label,
  note,
  amountFen,
}: {
  readonly label: string;
  readonly note?: string;
  readonly amountFen: Fen;
}) {
  return (
    <div>
      <dt>
        {label}
        {note && <small> {note}</small>}
      </dt>
      <dd>{showYuan(amountFen)}</dd>
    </div>
  );
}

function differenceText(
  differenceFen: Fen,
  words: { readonly even: string; readonly over: (amount: Fen) => string; readonly short: (amount: Fen) => string },
): string {
  if (differenceFen === 0) return words.even;
  return differenceFen > 0 ? words.over(differenceFen) : words.short(fen(-differenceFen));
}
