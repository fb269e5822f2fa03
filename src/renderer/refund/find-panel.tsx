import { useState } from 'react';
import { useMessages } from '../i18n/messages.ts';
import { useTill } from '../till-context.ts';
import { Field } from '../ui/field.tsx';
import { Form } from '../ui/form.tsx';
import { SidePanel } from '../ui/side-panel.tsx';
import styles from './find-panel.module.css';

interface FindPanelProps {
  readonly onClose: () => void;
  readonly onStory: (saleId: string) => void;
}

const CODE_LENGTH_MAX = 64;

/** A sale by its receipt: scanned, or its number keyed. */
export default function FindPanel({ onClose, onStory }: FindPanelProps) {
  const words = useMessages().refund.find;
  const { client } = useTill();
  const [code, setCode] = useState('');
  const [failed, setFailed] = useState('');

  const find = async (): Promise<void> => {
    setFailed('');
    await client.refunds.findSale({ code }).then(
      ({ saleId }) => onStory(saleId),
      () => setFailed(words.notFound),
    );
  };

  return (
    <SidePanel title={words.title} closeLabel={words.close} onClose={onClose}>
      <div className={styles.room}>
        <p className={styles.lead}>{words.scan}</p>
        <Form confirm={words.search} isReady={code.trim() !== ''} failed={failed} onConfirm={find} onBack={onClose}>
          <Field
            label={words.number}
            value={code}
            maxLength={CODE_LENGTH_MAX}
            placeholder={words.example}
            onChange={setCode}
          />
        </Form>
      </div>
    </SidePanel>
  );
}
