import { UnstyledButton } from '@mantine/core';
import {
  IconBarcode,
  IconCertificate,
  IconCheck,
  IconClock,
  IconDeviceFloppy,
  IconPrinter,
  IconSettings,
  IconUserHeart,
  IconWifi,
} from '@tabler/icons-react';
import type { BackupView, StatusView } from '../../contract/types.ts';
import { beijingTime } from '../../core/time.ts';
import { useLanguage, useMessages } from '../i18n/messages.ts';
import { useLive } from '../live/use-live.ts';
import { ShiftButton } from '../shift/shift-button.tsx';
import { useTill } from '../till-context.ts';
import { backupStatus } from './backup-text.ts';
import { certificateStatus } from './certificate-text.ts';
import styles from './status-bar.module.css';
import { isClockWrong, type PartStatus, partsOf } from './status-text.ts';
import { useWallClock, useWindowFocus } from './use-window.ts';

interface StatusBarProps {
  readonly shiftOpen: boolean;
  readonly onShift: () => void;
  readonly demoOpen: boolean;
  readonly onDemo: () => void;
  readonly settingsOpen: boolean;
  readonly onSettings: () => void;
}

const ICONS = {
  scanner: IconBarcode,
  printer: IconPrinter,
  line: IconWifi,
  certificate: IconCertificate,
  backup: IconDeviceFloppy,
};

/** Quiet when all is well; plain words and the mend when it is not. */
export function StatusBar({ shiftOpen, onShift, demoOpen, onDemo, settingsOpen, onSettings }: StatusBarProps) {
  const words = useMessages();
  const status = useLive(useTill().feed.status);
  const focused = useWindowFocus();
  const parts = status ? partsOf(status, focused, words) : [];
  return (
    <footer className={`${styles.bar} frame-bottom`}>
      <ul className={styles.parts} aria-label={words.status.label}>
        {parts.map((part) => (
          <Part key={part.part} part={part} />
        ))}
        {status && <Certificate status={status} beside={parts} />}
        {status && parts.every(({ well }) => well) && <BackupPart backup={status.backup} />}
      </ul>
      <Clock wrong={status !== undefined && isClockWrong(status)} />
      <ShiftButton className={styles.button ?? ''} isOpen={shiftOpen} onOpen={onShift} />
      {status?.gateway === 'simulator' && (
        <UnstyledButton className={styles.button ?? ''} data-open={demoOpen} onClick={onDemo}>
          <IconUserHeart aria-hidden="true" />
          {words.demo.open}
        </UnstyledButton>
      )}
      <UnstyledButton
        className={styles.button ?? ''}
        data-open={settingsOpen}
        aria-label={words.settings.open}
        aria-expanded={settingsOpen}
        // The open card closes at any press outside of it: this press must not open it again.
        onPointerDown={(event) => event.stopPropagation()}
        onClick={onSettings}
      >
        <IconSettings aria-hidden="true" />
      </UnstyledButton>
    </footer>
  );
}

/** Backups are nobody's affair at the counter until they fail, and what sales need has the room first. */
function BackupPart({ backup }: { readonly backup: BackupView }) {
  const part = backupStatus(backup, useWallClock(), useMessages(), useLanguage());
  return part && <Part part={part} />;
}

function Part({ part }: { readonly part: PartStatus }) {
  const { name, well, quiet, calm, word, mend, details = [] } = part;
  const Icon = ICONS[part.part];
  const text = mend === undefined ? word : `${word} · ${mend}`;
  const closer = [...(well ? [] : [`${name} ${text}`]), ...details].join('\n');
  return (
    <li
      className={styles.part}
      data-well={well}
      data-calm={calm}
      data-part={part.part}
      title={closer === '' ? undefined : closer}
    >
      <Icon aria-hidden="true" />
      <span>{name}</span>
      {quiet && <IconCheck className={styles.tick} aria-hidden="true" />}
      <span className={quiet ? 'unseen' : styles.partText}>{text}</span>
    </li>
  );
}

function Certificate({ status, beside }: { readonly status: StatusView; readonly beside: readonly PartStatus[] }) {
  const words = useMessages();
  const part = certificateStatus(status, useWallClock(), words, beside);
  return part && <Part part={part} />;
}

function Clock({ wrong }: { readonly wrong: boolean }) {
  const { status } = useMessages();
  const now = useWallClock();
  return (
    <span className={styles.clock} data-wrong={wrong}>
      {wrong && <IconClock aria-hidden="true" />}
      {wrong && <span>{`${status.clockWrong} · ${status.clockMend}`}</span>}
      <time>{beijingTime(now).slice(11, 16)}</time>
    </span>
  );
}
