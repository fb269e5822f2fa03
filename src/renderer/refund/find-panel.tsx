import { useState } from 'react';
import { useMessages } from '../i18n/messages.ts';
import { Comparison } from '../look-up/comparison.tsx';
import { useLookUp } from '../look-up/use-look-up.ts';
import { useScannedTransaction } from '../offline/use-scanned-transaction.ts';
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

/** A sale by its receipt, or by any number that a person holds; an order that is not ours, as WeChat Pay has it. */
export default function FindPanel({ onClose, onStory }: FindPanelProps) {
  const words = useMessages().refund.find;
  const { client } = useTill();
  const [code, setCode] = useState('');
  const lookUp = useLookUp();
  useScannedTransaction(setCode);

  const find = async (): Promise<void> => {
    await client.refunds.findSale({ code }).then(
      ({ saleId }) => onStory(saleId),
      // No sale of ours: perhaps another till's, which WeChat Pay knows.
      () => lookUp.ask(code),
    );
  };

  return (
    <SidePanel title={words.title} closeLabel={words.close} onClose={onClose}>
      <div className={styles.room}>
        <p className={styles.lead}>{words.scan}</p>
        <Form
          confirm={words.search}
          isReady={code.trim() !== ''}
          failed={lookUp.failed && (lookUp.failed === 'LOST' ? words.failed : words.notFound)}
          onConfirm={find}
          onBack={onClose}
        >
          <Field
            label={words.number}
            value={code}
            maxLength={CODE_LENGTH_MAX}
            placeholder={words.example}
            onChange={setCode}
          />
        </Form>
        {lookUp.asking && <p role="status">{words.asking}</p>}
        {lookUp.view && <Comparison view={lookUp.view} />}
      </div>
    </SidePanel>
  );
}
