import { Button } from '@mantine/core';
import { useState } from 'react';
import { useMessages } from '../i18n/messages.ts';
import { useTill } from '../till-context.ts';
import styles from './shift.module.css';
import { useAct } from './use-act.ts';

/** An X report now, or a Z report once more; says beside the button what became of it. */
export function PrintReport({ shiftId, label }: { readonly shiftId: string; readonly label: string }) {
  const words = useMessages().shift;
  const { client } = useTill();
  const act = useAct();
  const [said, setSaid] = useState('');
  const print = () =>
    act.run(async () => {
      setSaid('');
      const { printing } = await client.shift.print({ shiftId });
      setSaid(printing ? words.printing : words.noPrinter);
    });
  return (
    <>
      <span className={styles.said} role="status">
        {act.refusal || said}
      </span>
      <Button className={styles.quietButton ?? ''} onClick={() => void print()}>
        {label}
      </Button>
    </>
  );
}
