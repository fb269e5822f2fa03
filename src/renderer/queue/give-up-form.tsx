import { Button } from '@mantine/core';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { MANAGER_MAX, WHY_MAX } from '../../contract/queue-limits.ts';
import { useMessages } from '../i18n/messages.ts';
import { useTill } from '../till-context.ts';
import styles from './give-up-form.module.css';

interface GiveUpFormProps {
  readonly taskId: string;
  /** What it means here, where that is something else than giving up. */
  readonly words?: { readonly means: string; readonly whyExample: string; readonly confirm: string };
  readonly onClose: () => void;
}

/** A manager ends a payment that no machine can: by name, with a reason, and knowing what that means for the money. */
export function GiveUpForm({ taskId, words: given, onClose }: GiveUpFormProps) {
  const words = useMessages().queue;
  const { means, whyExample, confirm } = given ?? {
    means: words.giveUpMeans,
    whyExample: words.whyExample,
    confirm: words.giveUp,
  };
  const { client } = useTill();
  const [manager, setManager] = useState('');
  const [reason, setReason] = useState('');
  const [failed, setFailed] = useState(false);
  const first = useRef<HTMLInputElement>(null);
  useEffect(() => {
    first.current?.focus();
    // On a small screen the buttons would lie below the edge.
    first.current?.form?.scrollIntoView({ block: 'nearest' });
  }, []);
  const isComplete = manager.trim() !== '' && reason.trim() !== '';

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (!isComplete) return;
    setFailed(false);
    try {
      await client.queue.giveUp({ taskId, manager, reason });
      onClose();
    } catch {
      setFailed(true);
    }
  };

  return (
    <form
      className={styles.form}
      onSubmit={(event) => void submit(event)}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        onClose();
      }}
    >
      <p className={styles.meaning}>{means}</p>
      <label className={styles.field}>
        <span>{words.manager}</span>
        <input
          ref={first}
          value={manager}
          maxLength={MANAGER_MAX}
          autoComplete="off"
          onChange={(event) => setManager(event.currentTarget.value)}
        />
      </label>
      <label className={styles.field}>
        <span>{words.why}</span>
        <input
          value={reason}
          maxLength={WHY_MAX}
          autoComplete="off"
          placeholder={whyExample}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
      </label>
      <p className={styles.failed} role="alert">
        {failed && words.giveUpFailed}
      </p>
      <div className={styles.actions}>
        <Button className={styles.back ?? ''} onClick={onClose}>
          {words.notYet}
        </Button>
        <Button className={styles.confirm ?? ''} type="submit" disabled={!isComplete}>
          {confirm}
        </Button>
      </div>
    </form>
  );
}
