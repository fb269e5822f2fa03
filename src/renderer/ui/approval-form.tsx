import { type ReactNode, useState } from 'react';
import { MANAGER_MAX, WHY_MAX } from '../../contract/queue-limits.ts';
import { useMessages } from '../i18n/messages.ts';
import styles from './approval-form.module.css';
import { Field } from './field.tsx';
import { Form } from './form.tsx';

export interface Approval {
  readonly manager: string;
  readonly reason: string;
}

interface ApprovalFormProps {
  /** What it means for the money. */
  readonly meaning: string;
  readonly confirm: string;
  readonly back: string;
  readonly whyExample: string;
  /** More to fill in, before the name. */
  readonly children?: ReactNode;
  /** What is filled in there can be approved. */
  readonly isReady?: boolean;
  /** Does it. Resolves with what went wrong; undefined when it is done and durable. */
  readonly onConfirm: (approval: Approval) => Promise<string | undefined>;
  readonly onClose: () => void;
}

/** Somebody approves by name, with a reason, and knowing what that means for the money. Pressed twice it is done once. */
export function ApprovalForm(props: ApprovalFormProps) {
  const { meaning, confirm, back, whyExample, children, isReady = true, onConfirm, onClose } = props;
  const words = useMessages().approval;
  const [manager, setManager] = useState('');
  const [reason, setReason] = useState('');
  const [failed, setFailed] = useState<string>();
  const [isBusy, setBusy] = useState(false);
  const isComplete = manager.trim() !== '' && reason.trim() !== '' && isReady;

  const approve = async (): Promise<void> => {
    setFailed(undefined);
    setBusy(true);
    const trouble = await onConfirm({ manager, reason });
    setBusy(false);
    if (trouble === undefined) onClose();
    else setFailed(trouble);
  };

  return (
    <Form
      frame="warning"
      confirm={confirm}
      back={back}
      isReady={isComplete && !isBusy}
      failed={failed}
      onConfirm={approve}
      onBack={onClose}
    >
      <p className={styles.meaning}>{meaning}</p>
      {children}
      <Field label={words.manager} value={manager} maxLength={MANAGER_MAX} onChange={setManager} />
      <Field label={words.why} value={reason} maxLength={WHY_MAX} placeholder={whyExample} onChange={setReason} />
    </Form>
  );
}
