import { useEffect, useState } from 'react';
import { LanguageProvider } from '../i18n/messages.ts';
import { useLive } from '../live/use-live.ts';
import type { SettingsStore } from '../settings/settings.ts';
import { BooksPanel } from './books-panel.tsx';
import { FaultsPanel } from './faults-panel.tsx';
import { MoneyLists } from './money-lists.tsx';
import { OrdersPanel } from './orders-panel.tsx';
import styles from './page.module.css';
import { Header, Notices } from './page-head.tsx';
import { PlayPanel, type Role } from './play-panel.tsx';
import type { SimulatorClient } from './simulator-client.ts';
import { WalletsPanel } from './wallets-panel.tsx';
import { useWords } from './words.ts';

interface SimulatorPageProps {
  readonly simulator: SimulatorClient;
  readonly settings: SettingsStore;
}

/** The simulator as its trainer sees it: the books, the customers to be played, and the line to be broken. */
export function SimulatorPage({ simulator, settings }: SimulatorPageProps) {
  const { language } = useLive(settings);
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  return (
    <LanguageProvider value={language}>
      <Header
        simulator={simulator}
        onOtherLanguage={() => settings.change({ language: language === 'en' ? 'zh-CN' : 'en' })}
      />
      <Desk simulator={simulator} />
    </LanguageProvider>
  );
}

function Desk({ simulator }: { readonly simulator: SimulatorClient }) {
  const words = useWords();
  const sight = useLive(simulator.sight);
  const [role, setRole] = useState<Role>({ openid: '', scenario: 'pays' });
  useEffect(() => {
    document.title = words.title;
  }, [words]);
  const { view } = sight;
  if (!view) return <p className={styles.connecting}>{sight.isLost ? words.lost : words.connecting}</p>;
  return (
    <main className={styles.desk} data-lost={sight.isLost}>
      <Notices sight={sight} />
      <BooksPanel books={view.books} />
      <div className={styles.column}>
        <PlayPanel simulator={simulator} view={view} role={role} onRole={setRole} />
        <WalletsPanel simulator={simulator} view={view} />
      </div>
      <div className={styles.wide}>
        <OrdersPanel simulator={simulator} view={view} role={role} />
        <MoneyLists view={view} />
      </div>
      <div className={styles.column}>
        <FaultsPanel simulator={simulator} view={view} />
      </div>
    </main>
  );
}
