import { Button } from '@mantine/core';
import { IconListSearch } from '@tabler/icons-react';
import { useMessages } from '../i18n/messages.ts';
import { Comparison } from './comparison.tsx';
import styles from './look-up-section.module.css';
import { useLookUp } from './use-look-up.ts';

/** Asks WeChat Pay how an order stands right now, and shows it beside what the books say. */
export function LookUpSection({ number }: { readonly number: string }) {
  const words = useMessages().lookUp;
  const { asking, view, failed, ask } = useLookUp();
  return (
    <>
      <Button
        className={styles.ask ?? ''}
        leftSection={<IconListSearch />}
        disabled={asking}
        onClick={() => void ask(number)}
      >
        {asking ? words.asking : words.ask}
      </Button>
      {failed && (
        <p className={styles.failed} role="alert">
          {words.failed}
        </p>
      )}
      {view && <Comparison view={view} />}
    </>
  );
}
