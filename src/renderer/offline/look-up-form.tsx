import { ORPCError } from '@orpc/client';
import { useState } from 'react';
import type { FindingView } from '../../contract/types.ts';
import { findingNext, findingText } from '../../core/static-advice.ts';
import { TRANSACTION_ID } from '../../core/static-payment.ts';
import { inLanguage, useLanguage, useMessages } from '../i18n/messages.ts';
import { useTill } from '../till-context.ts';
import { Field } from '../ui/field.tsx';
import { Form } from '../ui/form.tsx';
import { digitsOf, useScannedTransaction } from './use-scanned-transaction.ts';
import styles from './words.module.css';

interface LookUpFormProps {
  readonly taskId: string;
  readonly known?: string | undefined;
  /** A number that nobody can be asked about now is kept, and asked about later. */
  readonly keeps?: boolean;
  readonly onClose: () => void;
}

/** Asks WeChat Pay about the number on the customer's phone, and says in a sentence whose money it is. */
export function LookUpForm({ taskId, known = '', keeps = false, onClose }: LookUpFormProps) {
  const words = useMessages().offline.lookUp;
  const { client, desk } = useTill();
  const [keyed, setKeyed] = useState(known);
  const [asking, setAsking] = useState(false);
  const [failed, setFailed] = useState('');
  const [finding, setFinding] = useState<FindingView>();
  useScannedTransaction(setKeyed);
  const transactionId = digitsOf(keyed);

  const ask = async (): Promise<void> => {
    setAsking(true);
    setFailed('');
    setFinding(undefined);
    try {
      const result = await client.offline.lookUp({ taskId, transactionId });
      if (result.proven) desk.tell({ code: 'PROVEN' });
      setFinding(result.finding);
    } catch (error) {
      setFailed(error instanceof ORPCError && error.code === 'NO_SUCH_TASK' ? words.settled : words.failed);
    } finally {
      setAsking(false);
    }
  };

  return (
    <Form
      frame="box"
      confirm={asking ? words.asking : words.ask}
      back={words.back}
      isReady={!asking && TRANSACTION_ID.test(transactionId)}
      failed={failed}
      onConfirm={ask}
      onBack={onClose}
    >
      <Field label={words.label} value={keyed} maxLength={48} inputMode="numeric" onChange={setKeyed} />
      <p className={styles.help}>{words.help}</p>
      <div className={styles.said} role="status">
        {finding && <Found finding={finding} isKept={keeps} />}
      </div>
    </Form>
  );
}

function Found({ finding, isKept }: { readonly finding: FindingView; readonly isKept: boolean }) {
  const language = useLanguage();
  return (
    <>
      <strong>{inLanguage(findingText(finding), language)}</strong>
      {inLanguage(findingNext(finding, isKept), language)}
    </>
  );
}
