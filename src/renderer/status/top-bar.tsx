import { IconFlask } from '@tabler/icons-react';
import { useMessages } from '../i18n/messages.ts';
import { useLive } from '../live/use-live.ts';
import { useTill } from '../till-context.ts';
import { ReportsBanner } from '../upload/reports-banner.tsx';
import { HeldButton } from './held-button.tsx';
import styles from './top-bar.module.css';
import { UnsettledBanner } from './unsettled-banner.tsx';

interface TopBarProps {
  readonly queueOpen: boolean;
  readonly onQueue: () => void;
  readonly heldOpen: boolean;
  readonly onHeld: () => void;
}

/** Whose till this is, and what nobody may overlook. Its height is always the same. */
export function TopBar({ queueOpen, onQueue, heldOpen, onHeld }: TopBarProps) {
  const { banner } = useMessages();
  const status = useLive(useTill().feed.status);
  return (
    <div className={`${styles.bar} frame-top`}>
      <span className={styles.store}>{status?.storeName}</span>
      <span className={styles.terminal}>{status && `${status.storeId}-${status.terminalId}`}</span>
      <HeldButton isOpen={heldOpen} onOpen={onHeld} />
      <UnsettledBanner isOpen={queueOpen} onOpen={onQueue} />
      <ReportsBanner isOpen={queueOpen} onOpen={onQueue} />
      {status?.gateway === 'simulator' && (
        <span className={styles.simulator} role="status">
          <IconFlask aria-hidden="true" />
          <span>{banner.simulator}</span>
        </span>
      )}
    </div>
  );
}
