import { Button } from '@mantine/core';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useMessages } from '../i18n/messages.ts';
import { Comparison } from '../look-up/comparison.tsx';
import { useLookUp } from '../look-up/use-look-up.ts';
import { useScannedTransaction } from '../offline/use-scanned-transaction.ts';
import { useTill } from '../till-context.ts';
import { SidePanel } from '../ui/side-panel.tsx';
import styles from './find-panel.module.css';

interface FindPanelProps {
  readonly onClose: () => void;
  readonly onStory: (saleId: string) => void;
}

const CODE_LENGTH_MAX = 64;

/** A sale by its receipt, or by any number that a person holds; an order that is not ours, as WeChat Pay has it. */
export default function FindPanel({ onClose, onStory }: FindPanelProps) {
  const words = useMessages().refund.find;
  const { client } = useTill();
  const [code, setCode] = useState('');
  const lookUp = useLookUp();
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => input.current?.focus(), []);
  useScannedTransaction(setCode);

  const find = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (code.trim() === '') return;
    await client.refunds.findSale({ code }).then(
      ({ saleId }) => onStory(saleId),
      // No sale of ours: perhaps another till's, which WeChat Pay knows.
      () => lookUp.ask(code),
    );
  };

  return (
    <SidePanel title={words.title} closeLabel={words.close} onClose={onClose}>
      <form
        className={styles.room}
        onSubmit={(event) => void find(event)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          event.stopPropagation();
          onClose();
        }}
      >
        <p className={styles.lead}>{words.scan}</p>
        <label className={styles.field}>
          <span>{words.number}</span>
          <input
            ref={input}
            value={code}
            maxLength={CODE_LENGTH_MAX}
            autoComplete="off"
            placeholder={words.example}
            onChange={(event) => setCode(event.currentTarget.value)}
          />
        </label>
        <p className={styles.failed} role="alert">
          {lookUp.failed === 'NO_SUCH_ORDER' && words.notFound}
          {lookUp.failed === 'LOST' && words.failed}
        </p>
        <Button className={styles.find ?? ''} type="submit" disabled={code.trim() === ''}>
          {words.search}
        </Button>
        {lookUp.asking && <p role="status">{words.asking}</p>}
        {lookUp.view && <Comparison view={lookUp.view} />}
      </form>
    </SidePanel>
  );
}
