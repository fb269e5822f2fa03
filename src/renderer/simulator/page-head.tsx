import { inLanguage, useLanguage } from '../i18n/messages.ts';
import { useLive } from '../live/use-live.ts';
import styles from './page.module.css';
import type { Sight, SimulatorClient } from './simulator-client.ts';
import { useWords } from './words.ts';

interface HeaderProps {
  readonly simulator: SimulatorClient;
  readonly onOtherLanguage: () => void;
}

/** Says what this is, and that no money is real, before anything else. */
export function Header({ simulator, onOtherLanguage }: HeaderProps) {
  const words = useWords();
  const merchant = useLive(simulator.sight).view?.merchant;
  return (
    <header className={styles.head}>
      <h1>{words.title}</h1>
      <strong className={styles.notReal}>{words.notReal}</strong>
      <span className={styles.merchant}>{merchant && `${merchant.mchId} · ${merchant.appId}`}</span>
      <button type="button" onClick={onOtherLanguage}>
        {words.otherLanguage}
      </button>
    </header>
  );
}

/** Why the last wish was refused, and whether anybody is there. */
export function Notices({ sight }: { readonly sight: Sight }) {
  const words = useWords();
  const language = useLanguage();
  return (
    <div role="status" className={styles.notices}>
      {sight.isLost && <p>{words.lost}</p>}
      {sight.refusal && <p>{inLanguage(sight.refusal, language)}</p>}
    </div>
  );
}
