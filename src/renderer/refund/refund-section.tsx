import { Button } from '@mantine/core';
import { IconReceiptRefund } from '@tabler/icons-react';
import { useState } from 'react';
import type { RefundView, SaleStory } from '../../contract/types.ts';
import { showYuan } from '../../core/money.ts';
import { refundAdvice } from '../../core/refund-advice.ts';
import { beijingTime } from '../../core/time.ts';
import { inLanguage, useLanguage, useMessages } from '../i18n/messages.ts';
import { RefundForm } from './refund-form.tsx';
import styles from './refund-section.module.css';

/** What of a sale has gone back or is to go back, and the way to give back more. */
export function RefundSection({ story: { sale, refunds, refundable } }: { readonly story: SaleStory }) {
  const words = useMessages().refund;
  const [isAsking, setAsking] = useState(false);
  if (refundable === undefined && refunds.length === 0) return null;
  const isLeft = refundable !== undefined && refundable.leftFen > 0;
  return (
    <section className={styles.section} aria-label={words.title}>
      <ol className={styles.list}>
        {refunds.map((refund) => (
          <li key={refund.refundId}>
            <Refund refund={refund} />
          </li>
        ))}
      </ol>
      {isLeft && isAsking && (
        <RefundForm saleId={sale.saleId} refundable={refundable} onClose={() => setAsking(false)} />
      )}
      {isLeft && !isAsking && (
        <Button className={styles.ask ?? ''} leftSection={<IconReceiptRefund />} onClick={() => setAsking(true)}>
          {words.ask}
        </Button>
      )}
    </section>
  );
}

function Refund({ refund }: { readonly refund: RefundView }) {
  const words = useMessages().refund;
  const language = useLanguage();
  const { amountFen, phase, cause, reason, requestedAt, endedAt, receivedBy, manager, why } = refund;
  const advice = phase === 'attention' && reason ? refundAdvice(reason.code) : undefined;
  return (
    <article className={styles.refund} data-phase={phase}>
      <p className={styles.what}>
        <span className={styles.amount}>{showYuan(amountFen)}</span>
        <span>{refund.tender === 'cash' ? words.handedBack : words.phase[phase]}</span>
      </p>
      {advice && <p className={styles.why}>{inLanguage(advice.happened, language)}</p>}
      {advice && <p className={styles.why}>{inLanguage(advice.next, language)}</p>}
      {phase === 'attention' && cause && <p className={styles.why}>{words.cause[cause]}</p>}
      <p className={styles.quiet}>
        {beijingTime(endedAt ?? requestedAt).slice(5, 16)} · {manager} · {why}
      </p>
      {receivedBy !== undefined && <p className={styles.quiet}>{words.receivedBy(receivedBy)}</p>}
    </article>
  );
}
