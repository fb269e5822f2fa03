import { UnstyledButton } from '@mantine/core';
import { IconChevronRight, IconHelp } from '@tabler/icons-react';
import { ageOf } from '../../core/age.ts';
import { fen } from '../../core/money.ts';
import { inLanguage, useLanguage, useMessages } from '../i18n/messages.ts';
import { useLive } from '../live/use-live.ts';
import { useTill } from '../till-context.ts';
import styles from './top-bar.module.css';
import { useWallClock } from './use-window.ts';

interface UnsettledBannerProps {
  readonly isOpen: boolean;
  readonly onOpen: () => void;
}

/** How many payments are not certain, how much money, since when; pressed, it opens the queue. */
export function UnsettledBanner({ isOpen, onOpen }: UnsettledBannerProps) {
  const { banner } = useMessages();
  const language = useLanguage();
  const { feed } = useTill();
  const unsettled = useLive(feed.status)?.unsettled;
  const present = useLive(feed.till)?.view.payment;
  const now = useWallClock();
  if (unsettled === undefined || unsettled.count === 0) return null;
  // The sale that is being charged is all over the screen already; this is about what might be overlooked.
  if (unsettled.count === 1 && present?.phase === 'working') return null;
  const { count, amountFen, oldestAt } = unsettled;
  const age = inLanguage(ageOf(now - (oldestAt ?? now)), language);
  return (
    <UnstyledButton className={styles.unsettled ?? ''} data-open={isOpen} aria-expanded={isOpen} onClick={onOpen}>
      <IconHelp aria-hidden="true" />
      <span aria-live="polite">{banner.unsettled(count, fen(amountFen), age)}</span>
      <IconChevronRight aria-hidden="true" />
    </UnstyledButton>
  );
}
