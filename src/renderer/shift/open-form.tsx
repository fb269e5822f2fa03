import { useState } from 'react';
import { MANAGER_MAX } from '../../contract/queue-limits.ts';
import { parseYuan } from '../../core/money.ts';
import { useMessages } from '../i18n/messages.ts';
import { useTill } from '../till-context.ts';
import { Field } from '../ui/field.tsx';
import { Form } from '../ui/form.tsx';
import { useAct } from './use-act.ts';

interface OpenFormProps {
  readonly title: string;
  readonly takesFocus: boolean;
}

/** The float, and who begins. */
export function OpenForm({ title, takesFocus }: OpenFormProps) {
  const words = useMessages().shift;
  const { client } = useTill();
  const act = useAct();
  const [float, setFloat] = useState('');
  const [by, setBy] = useState('');
  const floatFen = parseYuan(float);
  const isComplete = floatFen !== undefined && by.trim() !== '';
  return (
    <Form
      label={title}
      takesFocus={takesFocus}
      failed={act.refusal}
      confirm={words.open}
      isReady={isComplete && !act.isBusy}
      onConfirm={() => void (floatFen !== undefined && act.run(() => client.shift.open({ floatFen, by })))}
    >
      <Field
        isBeside
        label={words.float}
        value={float}
        onChange={setFloat}
        maxLength={12}
        placeholder={words.floatHint}
        inputMode="decimal"
      />
      <Field isBeside label={words.by} value={by} onChange={setBy} maxLength={MANAGER_MAX} />
    </Form>
  );
}
