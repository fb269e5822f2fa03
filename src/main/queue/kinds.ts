import type { Decision } from '../../core/payment.ts';
import type { Task } from '../../core/task.ts';
import type { Ledger } from '../ledger/open-ledger.ts';

/**
 * What a person can do about a task of a kind. How its journal rows move it is registered in core/task.ts; this is the
 * other half, for kinds that a person can hurry or end.
 */
export interface TaskHandler {
  /** Its next step now. False when nothing could be done sooner. */
  tryNow(subject: string): boolean;
  /** Ends it by a person's word. False when it does not wait for one. Absent: a task of this kind never does. */
  giveUp?(subject: string, decision: Decision): boolean;
}

export type TaskHandlers = Readonly<Record<string, TaskHandler>>;

export type QueueRefusal = 'NO_SUCH_TASK' | 'NOT_FOR_A_PERSON';

/** The queue's actions, whatever kinds there are. */
export function createQueueActions(books: Pick<Ledger, 'task'>, handlers: TaskHandlers) {
  function owed(taskId: string): Task | undefined {
    const task = books.task(taskId);
    return task?.state === 'open' || task?.state === 'human' ? task : undefined;
  }

  return {
    /** @returns whether its next step is being done now; undefined when there is no such task any more. */
    tryNow(taskId: string): boolean | undefined {
      const task = owed(taskId);
      return task && (handlers[task.kind]?.tryNow(task.subject) ?? false);
    },

    /**
     * @returns why not; undefined when it is done, and durable.
     * @throws LedgerError when it could not be written.
     */
    giveUp(taskId: string, decision: Decision): QueueRefusal | undefined {
      const task = owed(taskId);
      if (task === undefined) return 'NO_SUCH_TASK';
      if (task.state !== 'human') return 'NOT_FOR_A_PERSON';
      return handlers[task.kind]?.giveUp?.(task.subject, decision) ? undefined : 'NOT_FOR_A_PERSON';
    },
  };
}

export type QueueActions = ReturnType<typeof createQueueActions>;
