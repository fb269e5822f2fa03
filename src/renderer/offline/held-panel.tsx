import { Button } from '@mantine/core';
import { type Ref, useEffect, useRef, useState } from 'react';
import { LABEL_MAX } from '../../contract/offline-limits.ts';
import type { HeldSaleView } from '../../contract/types.ts';
import { ageOf } from '../../core/age.ts';
import { type Fen, showYuan } from '../../core/money.ts';
import { inLanguage, useLanguage, useMessages } from '../i18n/messages.ts';
import { useLive } from '../live/use-live.ts';
import { saleState } from '../sale/desk.ts';
import { holdableFen, isFrontFree } from '../sale/holdable.ts';
import { useWallClock } from '../status/use-window.ts';
import { useTill } from '../till-context.ts';
import { Field } from '../ui/field.tsx';
import { Form } from '../ui/form.tsx';
import { SidePanel } from '../ui/side-panel.tsx';
import styles from './held-panel.module.css';
import wordStyles from './words.module.css';

/** Puts the present sale aside, and takes up one that was. Both by keyboard alone: F8, a word, Enter. */
export default function HeldPanel({ onClose }: { readonly onClose: () => void }) {
  const words = useMessages().offline.held;
  const { feed, desk: control } = useTill();
  const till = useLive(feed.till)?.view;
  const desk = useLive(control.desk);
  const state = till && saleState(desk, till);
  const amountFen = till && state && holdableFen(state, desk, till);
  const list = useRef<HTMLOListElement>(null);
  // Where nothing is to be put aside, the keys go to what was. The panel's own effects come first.
  useEffect(() => {
    if (amountFen === undefined) list.current?.querySelector('button')?.focus();
  }, [amountFen]);
  if (till === undefined || state === undefined) return null;
  return (
    <SidePanel title={words.title} closeLabel={words.close} onClose={onClose}>
      <div className={styles.room}>
        {amountFen === undefined ? <span /> : <HoldForm amountFen={amountFen} onClose={onClose} />}
        <p className={styles.meaning}>{words.meaning}</p>
        <HeldList held={till.held ?? []} free={isFrontFree(state, desk, till)} list={list} onClose={onClose} />
      </div>
    </SidePanel>
  );
}

function HoldForm({ amountFen, onClose }: { readonly amountFen: Fen; readonly onClose: () => void }) {
  const words = useMessages().offline.held;
  const { client, desk } = useTill();
  const [label, setLabel] = useState('');
  const hold = async (): Promise<void> => {
    const named = label.trim();
    try {
      const { accepted, notice } = await client.offline.hold({ amountFen, ...(named === '' ? {} : { label: named }) });
      if (accepted) onClose();
      else if (notice !== undefined) desk.tell(notice);
    } catch {
      desk.tell({ code: 'NOT_DELIVERED' });
    }
  };
  return (
    <div className={styles.new}>
      <p className={styles.what}>{words.holdThis(amountFen)}</p>
      <Form confirm={words.hold} isReady onConfirm={hold} onBack={onClose}>
        <Field
          label={words.label}
          value={label}
          maxLength={LABEL_MAX}
          placeholder={words.labelExample}
          onChange={setLabel}
        />
      </Form>
    </div>
  );
}

interface HeldListProps {
  readonly held: readonly HeldSaleView[];
  readonly free: boolean;
  readonly list: Ref<HTMLOListElement>;
  readonly onClose: () => void;
}

function HeldList({ held, free, list, onClose }: HeldListProps) {
  const words = useMessages().offline.held;
  const [said, setSaid] = useState('');
  if (held.length === 0) {
    return (
      <div className={styles.none}>
        <p>{words.none}</p>
        <p>{words.noneNext}</p>
      </div>
    );
  }
  return (
    <div className={styles.list}>
      <p className={wordStyles.refused} role="status">
        {free ? said : words.inFront}
      </p>
      <ol ref={list} aria-label={words.title}>
        {held.map((sale) => (
          <li key={sale.saleId}>
            <HeldRow sale={sale} free={free} onResumed={onClose} onSaid={setSaid} />
          </li>
        ))}
      </ol>
    </div>
  );
}

interface HeldRowProps {
  readonly sale: HeldSaleView;
  readonly free: boolean;
  readonly onResumed: () => void;
  readonly onSaid: (said: string) => void;
}

function HeldRow({ sale: { saleId, saleNumber, amountFen, label, heldAt }, free, onResumed, onSaid }: HeldRowProps) {
  const words = useMessages().offline.held;
  const language = useLanguage();
  const now = useWallClock();
  const { client } = useTill();
  const [armed, setArmed] = useState(false);
  const resume = (): void => {
    client.offline.resume({ saleId }).then(onResumed, () => onSaid(words.gone));
  };
  const discard = (): void => {
    // What is discarded is gone from the list: once by mistake must not be enough.
    if (armed) client.offline.discard({ saleId }).catch(() => onSaid(words.failed));
    setArmed(!armed);
  };
  const where = [label, saleNumber, inLanguage(ageOf(now - heldAt), language)].filter((part) => part !== undefined);
  return (
    <article className={styles.row} data-held={saleId}>
      <div className={styles.sale}>
        <p className={styles.amount}>{showYuan(amountFen)}</p>
        <p className={styles.where}>{where.join(' · ')}</p>
      </div>
      <Button className={styles.resume ?? ''} disabled={!free} onClick={resume}>
        {words.resume}
      </Button>
      <Button className={styles.discard ?? ''} data-armed={armed} onClick={discard} onBlur={() => setArmed(false)}>
        {armed ? words.discardAgain : words.discard}
      </Button>
    </article>
  );
}
