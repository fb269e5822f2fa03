import { useState } from 'react';
import { MANAGER_MAX, WHY_MAX } from '../../contract/queue-limits.ts';
import type { OpenShift } from '../../contract/types.ts';
import { owedText } from '../../core/leaving.ts';
import { inLanguage, useLanguage, useMessages } from '../i18n/messages.ts';
import { useLive } from '../live/use-live.ts';
import { useTill } from '../till-context.ts';
import { Field } from '../ui/field.tsx';
import { Form } from '../ui/form.tsx';
import { Drawer } from './drawer.tsx';
import styles from './shift.module.css';
import { useAct } from './use-act.ts';

interface ClosingFormProps {
  readonly shift: OpenShift;
  readonly drawer: NonNullable<OpenShift['count']>;
  readonly onAgain: () => void;
}

/** The second word before a shift ends that is not quite well: the difference, and what is not settled. */
export function ClosingForm({ shift, drawer, onAgain }: ClosingFormProps) {
  const words = useMessages().shift;
  const language = useLanguage();
  const { client, feed } = useTill();
  const act = useAct();
  const owed = useLive(feed.status)?.owed;
  const [why, setWhy] = useState('');
  const [by, setBy] = useState(shift.openedBy);
  const needsWhy = drawer.differenceFen !== 0;
  const { shiftId } = shift;
  const isComplete = owed !== undefined && by.trim() !== '' && (!needsWhy || why.trim() !== '');
  const send = async (): Promise<void> => {
    if (owed === undefined) return;
    const owedSeen = { count: owed.count, amountFen: owed.amountFen };
    await act.run(() => client.shift.close({ shiftId, by, owedSeen, ...(needsWhy ? { why } : {}) }));
  };
  return (
    <Form
      label={words.confirm}
      failed={act.refusal}
      confirm={words.confirm}
      isReady={isComplete && !act.isBusy}
      back={words.again}
      onBack={onAgain}
      onConfirm={() => void send()}
    >
      <Drawer drawer={drawer} />
      {owed !== undefined && owed.count > 0 && (
        <div className={styles.owed} role="status">
          <p>{inLanguage(owedText(owed, Date.now()), language)}</p>
          <p>{words.owedNote}</p>
        </div>
      )}
      {needsWhy && (
        <Field
          isBeside
          label={words.explain}
          value={why}
          onChange={setWhy}
          maxLength={WHY_MAX}
          placeholder={words.whyDifference}
        />
      )}
      <Field isBeside label={words.by} value={by} onChange={setBy} maxLength={MANAGER_MAX} />
    </Form>
  );
}
