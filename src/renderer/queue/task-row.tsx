import { Button } from '@mantine/core';
import { IconHistory, IconRefresh, IconSearch, IconUserExclamation } from '@tabler/icons-react';
import { useState } from 'react';
import type { TaskView } from '../../contract/types.ts';
import { type Advice, advice } from '../../core/advice.ts';
import { ageOf } from '../../core/age.ts';
import { showYuan } from '../../core/money.ts';
import { refundAdvice } from '../../core/refund-advice.ts';
import { inLanguage, useLanguage, useMessages } from '../i18n/messages.ts';
import { LookUpForm } from '../offline/look-up-form.tsx';
import { TakeBackForm } from '../refund/take-back-form.tsx';
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
  const {
    queue: words,
    refund: { takeBack },
  } = useMessages();
  const language = useLanguage();
  const now = useWallClock();
  const [deciding, setDeciding] = useState<'giveUp' | 'takeBack' | 'lookUp'>();
  const lookUpWord = useMessages().offline.lookUp.open;
  const { said, tryNow } = useTryNow(task.taskId);
  const { kind, amountFen, saleId, saleNumber, createdAt, attempts, state } = task;
  const why = adviceOf(task);
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
      {why && !deciding && <p className={styles.why}>{inLanguage(why.happened, language)}</p>}
      {isHuman && why && !deciding && <p className={styles.why}>{inLanguage(why.next, language)}</p>}
      {deciding && (isHuman || deciding === 'lookUp') ? (
        <Decision task={task} deciding={deciding} onClose={() => setDeciding(undefined)} />
      ) : (
        <div className={styles.actions}>
          <Button className={styles.action ?? ''} leftSection={<IconRefresh />} onClick={() => void tryNow()}>
            {isHuman && kind !== 'refund' ? words.lookAgain : words.tryNow}
          </Button>
          {saleId !== undefined && (
            <Button className={styles.action ?? ''} leftSection={<IconHistory />} onClick={() => onStory(saleId)}>
              {words.story}
            </Button>
          )}
          {task.kind === 'resolve' && (
            <Button className={styles.action ?? ''} leftSection={<IconSearch />} onClick={() => setDeciding('lookUp')}>
              {lookUpWord}
            </Button>
          )}
          <span className={styles.said} role="status">
            {said}
          </span>
          {isHuman && task.canTakeBack && (
            <Button className={styles.decide ?? ''} onClick={() => setDeciding('takeBack')}>
              {takeBack.ask}
            </Button>
          )}
          {isHuman && (
            <Button className={styles.giveUp ?? ''} onClick={() => setDeciding('giveUp')}>
              {words.decide}
            </Button>
          )}
        </div>
      )}
    </article>
  );
}

interface DecisionProps {
  readonly task: TaskView;
  readonly deciding: 'giveUp' | 'takeBack' | 'lookUp';
  readonly onClose: () => void;
}

function Decision({ task: { taskId, kind, amountFen }, deciding, onClose }: DecisionProps) {
  if (deciding === 'lookUp') return <LookUpForm taskId={taskId} onClose={onClose} />;
  return deciding === 'takeBack' ? (
    <TakeBackForm taskId={taskId} amountFen={amountFen} onClose={onClose} />
  ) : (
    <GiveUpForm taskId={taskId} isRefund={kind === 'refund'} onClose={onClose} />
  );
}

function adviceOf({ reason, refundReason }: TaskView): Advice | undefined {
  if (refundReason) return refundAdvice(refundReason);
  return reason && advice(reason);
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
