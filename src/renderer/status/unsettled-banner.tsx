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

/** How many payments are not certain or not proven, how much money, since when; pressed, it opens the queue. */
export function UnsettledBanner({ isOpen, onOpen }: UnsettledBannerProps) {
  const { banner, offline } = useMessages();
  const language = useLanguage();
  const { feed } = useTill();
  const { unsettled, toVerify } = useLive(feed.status) ?? {};
  const present = useLive(feed.till)?.view.payment;
  const now = useWallClock();
  // The sale that is being charged is all over the screen already; this is about what might be overlooked.
  const isPresent = unsettled?.count === 1 && present?.phase === 'working';
  const age = (since: number): string => inLanguage(ageOf(now - since), language);
  const said: string[] = [];
  if (unsettled !== undefined && unsettled.count > 0 && !isPresent) {
    const { count, amountFen, oldestAt = now } = unsettled;
    said.push(banner.unsettled(count, fen(amountFen), age(oldestAt)));
  }
  if (toVerify !== undefined) {
    const { count, amountFen, oldestAt } = toVerify;
    const { verify } = offline;
    said.push(said.length > 0 ? verify.bannerToo(count) : verify.banner(count, fen(amountFen), age(oldestAt)));
  }
  if (said.length === 0) return null;
  return (
    <UnstyledButton className={styles.unsettled ?? ''} data-open={isOpen} aria-expanded={isOpen} onClick={onOpen}>
      <IconHelp aria-hidden="true" />
      <span aria-live="polite">{said.join(' · ')}</span>
      <IconChevronRight aria-hidden="true" />
    </UnstyledButton>
  );
}
