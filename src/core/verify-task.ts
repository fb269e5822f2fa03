import { type TaskKind, taskId } from './task-kind.ts';

/** A payment on the store's static code that nothing proves yet: a person has to find its number, or the bill has. */
export const verifyTask: TaskKind = {
  kind: 'verify',
  rows: 'static.',
  after(task, entry, { staticPayment }) {
    if (staticPayment === undefined) return task;
    const { id, amountFen, acceptedAt, state } = staticPayment;
    const lookAt = state === 'accepted' ? staticPayment.lookAt : undefined;
    const finding = state === 'accepted' ? staticPayment.finding : undefined;
    return {
      id: taskId('verify', id),
      kind: 'verify',
      subject: id,
      amountFen,
      createdAt: acceptedAt,
      ...(lookAt === undefined ? {} : { notBefore: lookAt }),
      attempts: (task?.attempts ?? 0) + (entry.kind === 'static.lookedUp' ? 1 : 0),
      ...(finding === undefined ? {} : { lastError: finding.code }),
      // A manager's word that it was no money ends it with certainty: it is not given up.
      state: state === 'accepted' ? 'human' : 'done',
    };
  },
};
