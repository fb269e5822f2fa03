import { Button } from '@mantine/core';
import { useState } from 'react';
import type { BackupView } from '../../contract/types.ts';
import { useLanguage, useMessages } from '../i18n/messages.ts';
import { lastText } from '../status/backup-text.ts';
import { useWallClock } from '../status/use-window.ts';
import { useTill } from '../till-context.ts';
import styles from './backup-now.module.css';

/** How old the last good backup is, why the latest failed, and one at once. */
export function BackupNow({ backup }: { readonly backup: BackupView }) {
  const { backup: words } = useMessages();
  const language = useLanguage();
  const now = useWallClock();
  const { client } = useTill();
  const [step, setStep] = useState<'idle' | 'taking' | 'unheard'>('idle');

  const take = async (): Promise<void> => {
    setStep('taking');
    const taken = await client.backup.now({}).catch(() => undefined);
    setStep(taken === undefined ? 'unheard' : 'idle');
  };

  const { failed } = backup;
  return (
    <div className={styles.backup}>
      <span className={styles.state} data-failed={failed !== undefined} role="status">
        {step === 'taking' && words.taking}
        {step === 'unheard' && words.notAsked}
        {step === 'idle' && (failed ? `${words.failed[failed.why]} · ` : '') + lastText(backup, now, words, language)}
      </span>
      <Button className={styles.now ?? ''} disabled={step === 'taking'} onClick={() => void take()}>
        {words.now}
      </Button>
    </div>
  );
}
