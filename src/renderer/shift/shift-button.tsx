import { UnstyledButton } from '@mantine/core';
import { IconCashRegister } from '@tabler/icons-react';
import { useMessages } from '../i18n/messages.ts';
import { useLive } from '../live/use-live.ts';
import { useTill } from '../till-context.ts';
import styles from './shift-button.module.css';

interface ShiftButtonProps {
  readonly className: string;
  readonly isOpen: boolean;
  readonly onOpen: () => void;
}

/** Whose shift it is; pressed, it opens the shift. It offers one and never holds up a sale. */
export function ShiftButton({ className, isOpen, onOpen }: ShiftButtonProps) {
  const words = useMessages().shift;
  const view = useLive(useTill().feed.shift);
  if (view === undefined || view.mode === 'off') return null;
  const { open } = view;
  const isLate = open?.fromEarlierDay === true;
  const text =
    open === undefined ? words.button.none : isLate ? words.button.earlier : words.button.open(open.openedBy);
  return (
    <UnstyledButton
      className={`${className} ${styles.shift}`}
      data-open={isOpen}
      data-late={isLate}
      aria-expanded={isOpen}
      aria-label={`${words.buttonLabel} ${text}`}
      onClick={onOpen}
    >
      <IconCashRegister aria-hidden="true" />
      <span>{text}</span>
    </UnstyledButton>
  );
}
