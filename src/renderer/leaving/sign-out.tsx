import { Button } from '@mantine/core';
import { IconLogout } from '@tabler/icons-react';
import { useState } from 'react';
import { leavingWarning } from '../../core/leaving.ts';
import { inLanguage, useLanguage, useMessages } from '../i18n/messages.ts';
import { useLive } from '../live/use-live.ts';
import { useTill } from '../till-context.ts';
import styles from './sign-out.module.css';

/** Takes this window's pass away. With money that is not settled it says how much first, and asks. */
export function SignOut({ onSignOut }: { readonly onSignOut: () => Promise<void> }) {
  const words = useMessages().leaving;
  const language = useLanguage();
  const owed = useLive(useTill().feed.status)?.owed;
  const [step, setStep] = useState<'closed' | 'asking' | 'failed'>('closed');
  const warning = owed && leavingWarning('sign-out', owed, Date.now());

  const signOut = () => void onSignOut().catch(() => setStep('failed'));
  if (step === 'asking' && warning) {
    return (
      <div className={styles.question} role="alertdialog" aria-label={words.signOut}>
        <p className={styles.happened}>{inLanguage(warning.happened, language)}</p>
        <p>{inLanguage(warning.money, language)}</p>
        <p>{inLanguage(warning.next, language)}</p>
        <div className={styles.actions}>
          <Button className={styles.stay ?? ''} autoFocus onClick={() => setStep('closed')}>
            {inLanguage(warning.stay, language)}
          </Button>
          {warning.leave && (
            <Button className={styles.leave ?? ''} onClick={signOut}>
              {inLanguage(warning.leave, language)}
            </Button>
          )}
        </div>
      </div>
    );
  }
  return (
    <div className={styles.row}>
      <Button
        className={styles.leave ?? ''}
        leftSection={<IconLogout aria-hidden="true" />}
        onClick={() => (warning ? setStep('asking') : signOut())}
      >
        {words.signOut}
      </Button>
      <span className={styles.said} role="status">
        {step === 'failed' ? words.signOutFailed : words.signOutMeans}
      </span>
    </div>
  );
}
