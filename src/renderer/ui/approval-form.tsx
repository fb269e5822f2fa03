import { Button } from '@mantine/core';
import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { MANAGER_MAX, WHY_MAX } from '../../contract/queue-limits.ts';
import { useMessages } from '../i18n/messages.ts';
import styles from './approval-form.module.css';

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
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    form.current?.querySelector('input')?.focus();
    // On a small screen the buttons would lie below the edge.
    form.current?.scrollIntoView({ block: 'nearest' });
  }, []);
  const isComplete = manager.trim() !== '' && reason.trim() !== '' && isReady;

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (!isComplete || isBusy) return;
    setFailed(undefined);
    setBusy(true);
    const trouble = await onConfirm({ manager, reason });
    setBusy(false);
    if (trouble === undefined) onClose();
    else setFailed(trouble);
  };

  return (
    <form
      ref={form}
      className={styles.form}
      onSubmit={(event) => void submit(event)}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        onClose();
      }}
    >
      <p className={styles.meaning}>{meaning}</p>
      {children}
      <Field label={words.manager} value={manager} maxLength={MANAGER_MAX} onChange={setManager} />
      <Field label={words.why} value={reason} maxLength={WHY_MAX} placeholder={whyExample} onChange={setReason} />
      <p className={styles.failed} role="alert">
        {failed}
      </p>
      <div className={styles.actions}>
        <Button className={styles.back ?? ''} onClick={onClose}>
          {back}
        </Button>
        <Button className={styles.confirm ?? ''} type="submit" disabled={!isComplete || isBusy}>
          {confirm}
        </Button>
      </div>
    </form>
  );
}

interface FieldProps {
  readonly label: string;
  readonly value: string;
  readonly maxLength: number;
  readonly placeholder?: string;
  readonly inputMode?: 'decimal';
  readonly onChange: (value: string) => void;
}

export function Field({ label, value, maxLength, placeholder, inputMode, onChange }: FieldProps) {
  return (
    <label className={styles.field}>
      <span>{label}</span>
      <input
        value={value}
        maxLength={maxLength}
        autoComplete="off"
        placeholder={placeholder}
        inputMode={inputMode}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    </label>
  );
}
