import { UnstyledButton } from '@mantine/core';
import { IconPlayerPause } from '@tabler/icons-react';
import { useMessages } from '../i18n/messages.ts';
import { useLive } from '../live/use-live.ts';
import { useTill } from '../till-context.ts';
import styles from './top-bar.module.css';

/** How many sales are put aside; pressed, it opens them. Nothing when none is. */
export function HeldButton({ isOpen, onOpen }: { readonly isOpen: boolean; readonly onOpen: () => void }) {
  const words = useMessages().offline.held;
  const held = useLive(useTill().feed.till)?.view.held;
  if (held === undefined || held.length === 0) return null;
  return (
    <UnstyledButton className={styles.held ?? ''} data-open={isOpen} aria-expanded={isOpen} onClick={onOpen}>
      <IconPlayerPause aria-hidden="true" />
      <span aria-live="polite">{words.count(held.length)}</span>
    </UnstyledButton>
  );
}
