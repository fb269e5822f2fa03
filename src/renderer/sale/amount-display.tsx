import type { CSSProperties } from 'react';
import styles from './amount-display.module.css';

/** Widths in em of the display's font: digits are tabular, the signs are narrower. A little generous for every font. */
const DIGIT_EM = 0.6;
const SIGN_EM = 0.31;
const CURRENCY_EM = 0.66;
/** Up to "9,999.99" the size stays the same, so that the amounts of an ordinary day never change their looks. */
const ROOM_FOR = '9,999.99';

/** The amount, as large as the panel lets it be: at least a tenth of the screen's height for all ordinary amounts. */
export function AmountDisplay({ amount, label }: { readonly amount: string; readonly label: string }) {
  const width = CURRENCY_EM + Math.max(widthEm(amount), widthEm(ROOM_FOR));
  return (
    <div className={styles.room}>
      <output
        className={styles.amount}
        style={{ '--width-em': width.toFixed(3) } as CSSProperties}
        aria-label={`${label} ￥${amount}`}
      >
        <span className={styles.currency}>￥</span>
        {amount}
      </output>
    </div>
  );
}

function widthEm(text: string): number {
  let width = 0;
  for (const character of text) width += /\d/.test(character) ? DIGIT_EM : SIGN_EM;
  return width;
}
