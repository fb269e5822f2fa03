import { Button } from '@mantine/core';
import { IconHistory, IconRefresh, IconUserExclamation } from '@tabler/icons-react';
import { useState } from 'react';
import type { TaskView } from '../../contract/types.ts';
import { advice } from '../../core/advice.ts';
import { ageOf } from '../../core/age.ts';
import { showYuan } from '../../core/money.ts';
import { inLanguage, useLanguage, useMessages } from '../i18n/messages.ts';
import { useWallClock } from '../status/use-window.ts';
import { useTill } from '../till-context.ts';
import { GiveUpForm } from './give-up-form.tsx';
import styles from './task-row.module.css';
import { taskWord } from './task-word.ts';

interface TaskRowProps {
  readonly task: TaskView;
  readonly onStory: (saleId: string) => void;
}

/** One thing that is owed: what, since when, why not yet, and what can be done. */
export function TaskRow({ task, onStory }: TaskRowProps) {
  const words = useMessages().queue;
  const language = useLanguage();
  const now = useWallClock();
  const [deciding, setDeciding] = useState(false);
  const { said, tryNow } = useTryNow(task.taskId);
  const { amountFen, saleId, saleNumber, createdAt, attempts, reason, state } = task;
  const isHuman = state === 'human';
  return (
    <article className={styles.row} data-state={state} data-task={task.taskId}>
      <p className={styles.what}>
        {isHuman && <IconUserExclamation aria-hidden="true" />}
        {amountFen > 0 && <span className={styles.amount}>{showYuan(amountFen)}</span>}
        <span className={styles.word}>{taskWord(task, words)}</span>
      </p>
      <p className={styles.where}>
        {saleNumber} · {inLanguage(ageOf(now - createdAt), language)} · {words.attempts(attempts)}
      </p>
      {reason && !deciding && <p className={styles.why}>{inLanguage(advice(reason).happened, language)}</p>}
      {isHuman && reason && !deciding && <p className={styles.why}>{inLanguage(advice(reason).next, language)}</p>}
      {deciding && isHuman ? (
        <GiveUpForm taskId={task.taskId} onClose={() => setDeciding(false)} />
      ) : (
        <div className={styles.actions}>
          <Button className={styles.action ?? ''} leftSection={<IconRefresh />} onClick={() => void tryNow()}>
            {isHuman ? words.lookAgain : words.tryNow}
          </Button>
          {saleId !== undefined && (
            <Button className={styles.action ?? ''} leftSection={<IconHistory />} onClick={() => onStory(saleId)}>
              {words.story}
            </Button>
          )}
          <span className={styles.said} role="status">
            {said}
          </span>
          {isHuman && (
            <Button className={styles.decide ?? ''} onClick={() => setDeciding(true)}>
              {words.decide}
            </Button>
          )}
        </div>
      )}
    </article>
  );
}

export function useTryNow(taskId: string, trying?: string): { said: string; tryNow: () => Promise<void> } {
  const words = useMessages().queue;
  const { client, desk } = useTill();
  const [said, setSaid] = useState('');
  const tryNow = async (): Promise<void> => {
    try {
      const { started } = await client.queue.tryNow({ taskId });
      setSaid(started ? (trying ?? words.trying) : words.nothingToTry);
    } catch {
      desk.tell({ code: 'NOT_DELIVERED' });
    }
  };
  return { said, tryNow };
}
