import { UnstyledButton } from '@mantine/core';
import { useMessages } from '../i18n/messages.ts';
import { useTill } from '../till-context.ts';
import { NOTES, TENDER_KEYS } from './tender.ts';
import styles from './tender-keys.module.css';

/** What is handed over most, in one press. The digits say anything else. */
export function TenderKeys() {
  const { desk } = useTill();
  const words = useMessages().cash;
  return (
    <div className={styles.keys}>
      {TENDER_KEYS.map((key) => (
        <UnstyledButton key={key} className={styles.key ?? ''} data-key={key} onClick={() => desk.press(key)}>
          {key === 'Exact' ? words.exact : `￥${NOTES[key] / 100}`}
        </UnstyledButton>
      ))}
    </div>
  );
}
