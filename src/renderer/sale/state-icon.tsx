import {
  IconAlertTriangle,
  IconArrowBackUp,
  IconCash,
  IconCheck,
  IconHelp,
  IconKeyboard,
  IconLoader2,
  IconLockPassword,
  IconPlugConnectedX,
  IconQrcode,
  IconQrcodeOff,
  IconScan,
  IconUserExclamation,
  IconUserOff,
  IconX,
  IconZoomQuestion,
} from '@tabler/icons-react';
import type { ComponentType } from 'react';
import type { SaleState } from './desk.ts';
import type { PanelState } from './panel-content.ts';
import styles from './state-icon.module.css';

type Icon = ComponentType<{ className?: string | undefined; stroke?: number }>;

/** Each state has a shape of its own: colour alone tells the colour-blind nothing. */
const ICONS: Readonly<Record<PanelState, Icon>> = {
  keying: IconKeyboard,
  scan: IconScan,
  tender: IconCash,
  working: IconLoader2,
  offered: IconQrcode,
  password: IconLockPassword,
  uncertain: IconHelp,
  attention: IconUserExclamation,
  cancelling: IconArrowBackUp,
  closing: IconQrcodeOff,
  cancelled: IconArrowBackUp,
  givenUp: IconUserOff,
  toVerify: IconZoomQuestion,
  paid: IconCheck,
  declined: IconX,
  connecting: IconLoader2,
  lost: IconPlugConnectedX,
};

const MOVING: readonly PanelState[] = ['working', 'connecting'];

/** Drawn in a disc, a diamond (stop and look), or an octagon (no). */
const FRAMES: Readonly<Partial<Record<PanelState, string | undefined>>> = {
  uncertain: styles.diamond,
  closing: styles.diamond,
  attention: styles.diamond,
  toVerify: styles.diamond,
  declined: styles.octagon,
};

export function StateIcon({ state }: { readonly state: PanelState }) {
  const Icon = ICONS[state];
  const frame = FRAMES[state] ?? styles.disc;
  return (
    <span className={`${styles.icon} ${frame}`} aria-hidden="true">
      <Icon className={MOVING.includes(state) ? styles.moving : undefined} stroke={state === 'paid' ? 3.2 : 2.4} />
    </span>
  );
}

const ROW_ICONS: Readonly<Record<SaleState | 'open' | 'abandoned' | 'disproven', Icon>> = {
  ...ICONS,
  open: IconScan,
  abandoned: IconX,
  disproven: IconX,
  uncertain: IconAlertTriangle,
};

/** The same shapes, small, for lists. */
export function SmallStateIcon({ state }: { readonly state: keyof typeof ROW_ICONS }) {
  const Icon = ROW_ICONS[state];
  return <Icon className={styles.small} stroke={2.6} />;
}
