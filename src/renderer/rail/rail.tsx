import { UnstyledButton } from '@mantine/core';
import type { SaleRow } from '../../contract/types.ts';
import { showYuan } from '../../core/money.ts';
import { beijingTime } from '../../core/time.ts';
import { useMessages } from '../i18n/messages.ts';
import { useLive } from '../live/use-live.ts';
import { TONES } from '../sale/panel-content.ts';
import { SmallStateIcon } from '../sale/state-icon.tsx';
import { useTill } from '../till-context.ts';
import { phaseWord } from './phase-word.ts';
import styles from './rail.module.css';

/** Today's sales, newest first: each one press from its story and a reprint. */
export function Rail({
  openId,
  onOpen,
}: {
  readonly openId?: string | undefined;
  readonly onOpen: (saleId: string) => void;
}) {
  const { feed } = useTill();
  const words = useMessages();
  const sales = useLive(feed.sales);
  return (
    <aside className={`${styles.rail} frame-rail`}>
      <header className={styles.head}>
        <h2>{words.rail.title}</h2>
        <p>{sales && words.rail.total(sales.paidCount, sales.paidFen)}</p>
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

interface RowProps {
  readonly row: SaleRow;
  readonly isOpen: boolean;
  readonly onOpen: (saleId: string) => void;
}

function Row({ row, isOpen, onOpen }: RowProps) {
  const words = useMessages();
  const { phase } = row;
  return (
    <UnstyledButton
      className={styles.row ?? ''}
      data-tone={phase === 'open' || phase === 'abandoned' || phase === 'disproven' ? 'cancelled' : TONES[phase]}
      data-open={isOpen}
      aria-label={`${words.rail.openStory(row.number)} ${phaseWord(phase, words)} ${showYuan(row.amountFen)}`}
      onClick={() => onOpen(row.saleId)}
    >
      <SmallStateIcon state={phase} />
      <span className={styles.amount}>{showYuan(row.amountFen)}</span>
      <span className={styles.word}>{phaseWord(phase, words)}</span>
      <span className={styles.when}>
        {row.tender === 'cash' && `${words.rail.cash} · `}
        {row.tender === 'static' && phase === 'paid' && `${words.offline.static.open} · `}
        {row.transactionId !== undefined && row.tender !== 'static' && `…${row.transactionId.slice(-4)} · `}
        <time>{beijingTime(row.openedAt).slice(11, 16)}</time>
      </span>
    </UnstyledButton>
  );
}
