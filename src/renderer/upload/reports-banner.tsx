import { UnstyledButton } from '@mantine/core';
import { IconChevronRight, IconCloudOff } from '@tabler/icons-react';
import { ageOf } from '../../core/age.ts';
import { inLanguage, useLanguage, useMessages } from '../i18n/messages.ts';
import { useLive } from '../live/use-live.ts';
import styles from '../status/top-bar.module.css';
import { useWallClock } from '../status/use-window.ts';
import { useTill } from '../till-context.ts';

interface ReportsBannerProps {
  readonly isOpen: boolean;
  readonly onOpen: () => void;
}

/** An hour without the back office is its business; a day is somebody's here. */
const WORTH_SAYING_MS = 24 * 3_600_000;

/** What the back office has refused, or not taken for long. Money that is not settled says more, and is said instead. */
export function ReportsBanner({ isOpen, onOpen }: ReportsBannerProps) {
  const { banner } = useMessages().upload;
  const language = useLanguage();
  const status = useLive(useTill().feed.status);
  const now = useWallClock();
  if (status?.reports === undefined || status.unsettled.count > 0) return null;
  const { refused, oldestAt = now } = status.reports;
  if (refused === 0 && now - oldestAt < WORTH_SAYING_MS) return null;
  const words = refused > 0 ? banner.refused(refused) : banner.waiting(inLanguage(ageOf(now - oldestAt), language));
  return (
    <UnstyledButton className={styles.reports ?? ''} data-open={isOpen} aria-expanded={isOpen} onClick={onOpen}>
      <IconCloudOff aria-hidden="true" />
      <span aria-live="polite">{words}</span>
      <IconChevronRight aria-hidden="true" />
    </UnstyledButton>
  );
}
