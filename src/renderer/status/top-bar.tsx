import { IconFlask, IconHelp } from '@tabler/icons-react';
import { fen } from '../../core/money.ts';
import { useMessages } from '../i18n/messages.ts';
import { useLive } from '../live/use-live.ts';
import { useTill } from '../till-context.ts';
import styles from './top-bar.module.css';

/** Whose till this is, and what nobody may overlook. Its height is always the same. */
export function TopBar() {
  const { banner } = useMessages();
  const status = useLive(useTill().feed.status);
  return (
    <div className={`${styles.bar} frame-top`}>
      <span className={styles.store}>{status?.storeName}</span>
      <span className={styles.terminal}>{status && `${status.storeId}-${status.terminalId}`}</span>
      {status !== undefined && status.unsettled.count > 0 && (
        <span className={styles.unsettled} role="status">
          <IconHelp aria-hidden="true" />
          <span>{banner.unsettled(status.unsettled.count, fen(status.unsettled.amountFen))}</span>
        </span>
      )}
      {status?.gateway === 'simulator' && (
        <span className={styles.simulator} role="status">
          <IconFlask aria-hidden="true" />
          <span>{banner.simulator}</span>
        </span>
      )}
    </div>
  );
}
