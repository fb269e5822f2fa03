import { SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { MANAGER_MAX, WHY_MAX } from '../../contract/queue-limits.ts';
import type { OpenShift } from '../../contract/types.ts';
import { parseYuan } from '../../core/money.ts';
import { useMessages } from '../i18n/messages.ts';
import { useTill } from '../till-context.ts';
import { Field } from '../ui/field.tsx';
import { Form } from '../ui/form.tsx';
import styles from './shift.module.css';
import { useAct } from './use-act.ts';

interface MoveFormProps {
  readonly shift: OpenShift;
  readonly onDone: () => void;
}

/** Cash into the drawer or out of it, with a reason. */
export function MoveForm({ shift, onDone }: MoveFormProps) {
  const words = useMessages().shift;
  const { client } = useTill();
  const act = useAct();
  // Once for each form: however often it is sent, it is one move.
  const [moveId] = useState(() => crypto.randomUUID());
  const [direction, setDirection] = useState<'in' | 'out'>('out');
  const [amount, setAmount] = useState('');
  const [why, setWhy] = useState('');
  const [by, setBy] = useState(shift.openedBy);
  const amountFen = parseYuan(amount) ?? 0;
  const isComplete = amountFen > 0 && why.trim() !== '' && by.trim() !== '';
  const move = { shiftId: shift.shiftId, moveId, direction, amountFen, why, by };
  return (
    <Form
      label={words.move}
      failed={act.refusal}
      confirm={words.saveMove}
      isReady={isComplete && !act.isBusy}
      back={words.back}
      onBack={onDone}
      onConfirm={() => void act.run(() => client.shift.moveCash(move)).then((done) => done && onDone())}
    >
      <SegmentedControl
        className={styles.direction ?? ''}
        aria-label={words.direction}
        fullWidth
        value={direction}
        onChange={setDirection}
        transitionDuration={120}
        data={[
          { value: 'out', label: words.out },
          { value: 'in', label: words.in },
        ]}
      />
      <Field isBeside label={words.amount} value={amount} onChange={setAmount} maxLength={12} inputMode="decimal" />
      <Field isBeside label={words.why} value={why} onChange={setWhy} maxLength={WHY_MAX} placeholder={words.whyMove} />
      <Field isBeside label={words.by} value={by} onChange={setBy} maxLength={MANAGER_MAX} />
    </Form>
  );
}
