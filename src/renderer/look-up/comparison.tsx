import type { LookUpView } from '../../contract/types.ts';
import { useLanguage, useMessages } from '../i18n/messages.ts';
import styles from './comparison.module.css';
import { comparisonRows } from './comparison-rows.ts';

/** One order on both sides: first whether they agree, then the evidence, line by line. */
export function Comparison({ view }: { readonly view: LookUpView }) {
  const messages = useMessages();
  const language = useLanguage();
  const words = messages.lookUp;
  return (
    <section className={styles.comparison} aria-label={words.title} data-agreement={view.agreement}>
      <p className={styles.verdict} role="status">
        {words.agreement[view.agreement]}
      </p>
      <p className={styles.meaning}>{words.meaning[view.agreement]}</p>
      <table className={styles.sides}>
        <thead>
          <tr>
            <td />
            <th scope="col">{words.books}</th>
            <th scope="col">{words.gateway}</th>
          </tr>
        </thead>
        <tbody>
          {comparisonRows(view, messages, language).map(({ label, books, gateway }) => (
            <tr key={label}>
              <th scope="row">{label}</th>
              <td>{books}</td>
              <td>{gateway}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
