import type { BooksView } from '../../contract/simulator-view.ts';
import { type Fen, fen, showYuan } from '../../core/money.ts';
import styles from './page.module.css';
import { useWords } from './words.ts';

/** The sum of all orders, written as the sum it is, and held against what the customers' side comes to. */
export function BooksPanel({ books }: { readonly books: BooksView }) {
  const words = useWords();
  const isBalanced = books.netFen === books.netOfCustomersFen;
  const minus = (amountFen: Fen) => showYuan(fen(0 - amountFen));
  return (
    <section className={styles.books} aria-label={words.books}>
      <Sum label={words.charged} amount={showYuan(books.chargedFen)} />
      <Sum label={words.returned} amount={minus(books.returnedFen)} />
      <Sum label={words.refunded} amount={minus(books.refundedFen)} />
      <Sum label={words.paidOut} amount={minus(books.paidOutFen)} />
      <Sum label={words.fees} amount={minus(books.payoutFeesFen)} />
      <Sum label={words.net} amount={showYuan(books.netFen)} />
      <Sum label={words.netOfCustomers} amount={showYuan(books.netOfCustomersFen)} />
      <strong className={styles.balance} data-balanced={isBalanced}>
        {isBalanced ? `✓ ${words.balanced}` : `✗ ${words.unbalanced}`}
      </strong>
    </section>
  );
}

function Sum({ label, amount }: { readonly label: string; readonly amount: string }) {
  return (
    <dl className={styles.sum}>
      <dt>{label}</dt>
      <dd>{amount}</dd>
    </dl>
  );
}
