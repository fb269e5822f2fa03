import { useState } from 'react';
import { MANAGER_MAX } from '../../contract/queue-limits.ts';
import type { OpenShift } from '../../contract/types.ts';
import { parseYuan } from '../../core/money.ts';
import { useMessages } from '../i18n/messages.ts';
import { useTill } from '../till-context.ts';
import { Field } from '../ui/field.tsx';
import { Form } from '../ui/form.tsx';
import styles from './shift.module.css';
import { useAct } from './use-act.ts';

interface CountFormProps {
  readonly shift: OpenShift;
  readonly onBack: () => void;
  readonly onCounted: () => void;
}

/** The drawer is counted without knowing what should be in it. When it fits, this was the last press. */
export function CountForm({ shift, onBack, onCounted }: CountFormProps) {
  const words = useMessages().shift;
  const { client } = useTill();
  const act = useAct();
  const [counted, setCounted] = useState('');
  const [by, setBy] = useState(shift.openedBy);
  const countedFen = parseYuan(counted);
  const { shiftId } = shift;
  const send = async (): Promise<void> => {
    if (countedFen !== undefined && (await act.run(() => client.shift.count({ shiftId, countedFen, by })))) onCounted();
  };
  return (
    <Form
      label={words.countTitle}
      failed={act.refusal}
      confirm={words.finishCount}
      isReady={countedFen !== undefined && by.trim() !== '' && !act.isBusy}
      back={words.back}
      onBack={onBack}
      onConfirm={() => void send()}
    >
      <p className={styles.lead}>{words.countTitle}</p>
      <p className={styles.quiet}>{words.countHint}</p>
      <Field isBeside label={words.counted} value={counted} onChange={setCounted} maxLength={12} inputMode="decimal" />
      <Field isBeside label={words.by} value={by} onChange={setBy} maxLength={MANAGER_MAX} />
    </Form>
  );
}
