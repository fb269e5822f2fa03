import { Button } from '@mantine/core';
import { IconCloudUpload, IconHistory, IconUserExclamation } from '@tabler/icons-react';
import { useState } from 'react';
import type { TaskView } from '../../contract/types.ts';
import { ageOf } from '../../core/age.ts';
import { inLanguage, useLanguage, useMessages } from '../i18n/messages.ts';
import { GiveUpForm } from '../queue/give-up-form.tsx';
import styles from '../queue/task-row.module.css';
import { useTryNow } from '../queue/task-row.tsx';
import { useWallClock } from '../status/use-window.ts';
import own from './upload.module.css';

interface UploadRowProps {
  readonly task: TaskView;
  readonly onStory: (saleId: string) => void;
}

/** A report that the back office has refused: what it said, and the two ways to its end. */
export function UploadRow({ task, onStory }: UploadRowProps) {
  const { queue, upload: words } = useMessages();
  const language = useLanguage();
  const now = useWallClock();
  const [deciding, setDeciding] = useState(false);
  const { said: progress, tryNow } = useTryNow(task.taskId, words.trying);
  const { taskId, saleId, saleNumber, createdAt, attempts, said, state } = task;
  const about = [saleNumber, inLanguage(ageOf(now - createdAt), language), queue.attempts(attempts)];
  return (
    <article className={styles.row} data-state={state} data-task={taskId}>
      <p className={styles.what}>
        <IconUserExclamation aria-hidden="true" />
        <span className={styles.word}>{words.refused}</span>
      </p>
      <p className={styles.where}>{about.filter((part) => part !== undefined).join(' · ')}</p>
      {said !== undefined && <p className={`${styles.why} ${own.said}`}>{words.said(said)}</p>}
      {!deciding && <p className={styles.why}>{words.next}</p>}
      {deciding ? (
        <GiveUpForm
          taskId={taskId}
          words={{ means: words.giveUpMeans, whyExample: words.giveUpExample, confirm: words.giveUpConfirm }}
          onClose={() => setDeciding(false)}
        />
      ) : (
        <div className={styles.actions}>
          <Button className={own.first ?? ''} leftSection={<IconCloudUpload />} onClick={() => void tryNow()}>
            {words.again}
          </Button>
          {saleId !== undefined && (
            <Button className={styles.action ?? ''} leftSection={<IconHistory />} onClick={() => onStory(saleId)}>
              {queue.story}
            </Button>
          )}
          <span className={styles.said} role="status">
            {progress}
          </span>
          <Button className={`${styles.action} ${own.giveUp}`} onClick={() => setDeciding(true)}>
            {words.giveUp}
          </Button>
        </div>
      )}
    </article>
  );
}
