import { Button, UnstyledButton } from '@mantine/core';
import { IconReceipt } from '@tabler/icons-react';
import type { SaleRow, SalesView } from '../../contract/types.ts';
import { showYuan } from '../../core/money.ts';
import { beijingTime } from '../../core/time.ts';
import { useMessages } from '../i18n/messages.ts';
import { useLive } from '../live/use-live.ts';
import { TONES } from '../sale/panel-content.ts';
import { SmallStateIcon } from '../sale/state-icon.tsx';
import { useTill } from '../till-context.ts';
import styles from './rail.module.css';
import { type Refunded, refundedOf, saleWord } from './sale-word.ts';
import { Totals } from './totals.tsx';

interface RailProps {
  readonly openId?: string | undefined;
  readonly onOpen: (saleId: string) => void;
  readonly onFind: () => void;
}

/** Today's sales, newest first: each one press from its story, a reprint and a refund. */
export function Rail({ openId, onOpen, onFind }: RailProps) {
  const { feed } = useTill();
  const words = useMessages();
  const sales = useLive(feed.sales);
  return (
    <aside className={`${styles.rail} frame-rail`}>
      <header className={styles.head}>
        <h2>{words.rail.title}</h2>
        <Button className={styles.find ?? ''} leftSection={<IconReceipt />} onClick={onFind}>
          {words.refund.find.open}
        </Button>
        <p>{sales && words.rail.total(sales.paidCount, sales.paidFen)}</p>
        {sales && <Totals sales={sales} />}
        {sales && <BackGoing sales={sales} />}
        {sales?.toVerify && <p>{words.offline.verify.rail(sales.toVerify.count, sales.toVerify.amountFen)}</p>}
      </header>
      {sales?.rows.length === 0 ? (
        <div className={styles.empty}>
          <p>{words.rail.empty}</p>
          <p>{words.rail.emptyNext}</p>
        </div>
      ) : (
        <ol className={styles.list}>
          {sales?.rows.map((row) => (
            <li key={row.saleId}>
              <Row row={row} isOpen={row.saleId === openId} onOpen={onOpen} />
            </li>
          ))}
        </ol>
      )}
    </aside>
  );
}

/** What has gone back today, and what is to go back, kept apart; nothing when there is nothing. */
function BackGoing({ sales: { refundedFen, refundPendingFen } }: { readonly sales: SalesView }) {
  const words = useMessages().refund;
  if (refundedFen === 0 && refundPendingFen === 0) return null;
  const parts = [
    ...(refundedFen > 0 ? [words.total(showYuan(refundedFen))] : []),
    ...(refundPendingFen > 0 ? [words.totalPending(showYuan(refundPendingFen))] : []),
  ];
  return <p>{parts.join(' · ')}</p>;
}

/** Money that is still to go back is as unfinished as a payment that is not certain. */
const REFUNDED_TONES: Readonly<Record<Refunded, string>> = { pending: 'uncertain', all: 'cancelled', part: 'paid' };

function toneOf(row: SaleRow): string {
  const { phase } = row;
  const refunded = refundedOf(row);
  if (refunded) return REFUNDED_TONES[refunded];
  return phase === 'open' || phase === 'abandoned' || phase === 'disproven' ? 'cancelled' : TONES[phase];
}

interface RowProps {
  readonly row: SaleRow;
  readonly isOpen: boolean;
  readonly onOpen: (saleId: string) => void;
}

function Row({ row, isOpen, onOpen }: RowProps) {
  const words = useMessages();
  const { phase } = row;
  const refunded = refundedOf(row);
  return (
    <UnstyledButton
      className={styles.row ?? ''}
      data-tone={toneOf(row)}
      data-open={isOpen}
      aria-label={`${words.rail.openStory(row.number)} ${saleWord(row, words)} ${showYuan(row.amountFen)}`}
      onClick={() => onOpen(row.saleId)}
    >
      <SmallStateIcon state={refunded === 'all' ? 'cancelled' : phase} />
      <span className={styles.amount}>{showYuan(row.amountFen)}</span>
      <span className={styles.word}>{saleWord(row, words)}</span>
      <span className={styles.when}>
        {row.tender === 'cash' && `${words.rail.cash} · `}
        {row.tender === 'static' && phase === 'paid' && `${words.offline.static.open} · `}
        {row.transactionId !== undefined &&
          row.tender !== 'static' &&
          refunded === undefined &&
          `…${row.transactionId.slice(-4)} · `}
        <time>{beijingTime(row.openedAt).slice(11, 16)}</time>
      </span>
    </UnstyledButton>
  );
}
