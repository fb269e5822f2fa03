import { IconCircleCheck } from '@tabler/icons-react';
import type { QueueView, TaskView } from '../../contract/types.ts';
import { ageOf } from '../../core/age.ts';
import { inLanguage, useLanguage, useMessages } from '../i18n/messages.ts';
import { useWallClock } from '../status/use-window.ts';
import { SidePanel } from '../ui/side-panel.tsx';
import { UploadRow } from '../upload/upload-row.tsx';
import { UploadsLine } from '../upload/uploads-line.tsx';
import styles from './queue-panel.module.css';
import { TaskRow } from './task-row.tsx';
import { useQueue } from './use-queue.ts';
import { VerifyRow } from './verify-row.tsx';

interface QueuePanelProps {
  readonly onClose: () => void;
  readonly onStory: (saleId: string) => void;
}

/** What is still owed: the answer in one line, how far it has come, and each task with what can be done about it. */
export default function QueuePanel({ onClose, onStory }: QueuePanelProps) {
  const words = useMessages().queue;
  const queue = useQueue();
  return (
    <SidePanel title={words.title} closeLabel={words.close} onClose={onClose}>
      {queue && (
        <div className={styles.room}>
          <Answer queue={queue} />
          <TaskList tasks={queue.tasks} onStory={onStory} />
          {queue.givenUp.count > 0 && (
            <p className={styles.givenUp}>{words.givenUpTotal(queue.givenUp.count, queue.givenUp.amountFen)}</p>
          )}
          {queue.uploads && <UploadsLine uploads={queue.uploads} />}
        </div>
      )}
    </SidePanel>
  );
}

function Answer({ queue }: { readonly queue: QueueView }) {
  const { count, amountFen, oldestAt, humanCount, draining, toVerify } = queue;
  const words = useMessages().queue;
  const { verify } = useMessages().offline;
  const language = useLanguage();
  const now = useWallClock();
  const waiting = toVerify && (
    <>
      <p className={styles.sum}>{verify.total(toVerify.count, toVerify.amountFen)}</p>
      <p className={styles.quiet}>{verify.notCounted}</p>
    </>
  );
  if (count === 0 && waiting) {
    return (
      <div className={styles.answer} role="status">
        {waiting}
      </div>
    );
  }
  if (count === 0) {
    return (
      <div className={styles.answer} role="status">
        <p className={styles.settled}>
          <IconCircleCheck aria-hidden="true" />
          {words.settled}
        </p>
      </div>
    );
  }
  return (
    <div className={styles.answer} role="status">
      <p className={styles.sum}>{words.sum(count, amountFen, inLanguage(ageOf(now - (oldestAt ?? now)), language))}</p>
      <p className={styles.quiet}>{humanCount > 0 ? words.humans(humanCount) : words.byItself}</p>
      {waiting}
      {draining && (
        <div className={styles.drain}>
          <progress max={draining.total} value={draining.done} aria-label={words.drainLabel} />
          <span>{words.drain(draining.done, draining.total)}</span>
        </div>
      )}
    </div>
  );
}

/** What waits for a person comes first, then the oldest. */
function TaskList({ tasks, onStory }: { readonly tasks: readonly TaskView[]; readonly onStory: (id: string) => void }) {
  const words = useMessages().queue;
  const ordered = [...tasks.filter(isForPerson), ...tasks.filter((task) => !isForPerson(task))];
  return (
    <ol className={styles.list} aria-label={words.title}>
      {ordered.map((task) => (
        <li key={task.taskId}>
          {task.verify ? (
            <VerifyRow task={task} verify={task.verify} onStory={onStory} />
          ) : task.kind === 'upload' ? (
            <UploadRow task={task} onStory={onStory} />
          ) : (
            <TaskRow task={task} onStory={onStory} />
          )}
        </li>
      ))}
    </ol>
  );
}

function isForPerson({ state }: TaskView): boolean {
  return state === 'human';
}
