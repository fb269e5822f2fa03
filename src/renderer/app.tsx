import './ui/base.css';
import { createTheme, MantineProvider } from '@mantine/core';
import { useColorScheme } from '@mantine/hooks';
import { createORPCClient } from '@orpc/client';
import { useLayoutEffect } from 'react';
import { createRoot } from 'react-dom/client';
import { invariant } from '../core/assert.ts';
import type { Connection, TerminalClient } from './connection/connection.ts';
import { LanguageProvider, messagesIn } from './i18n/messages.ts';
import { routeKeys } from './keys.ts';
import { followTerminal, type TerminalFeed } from './live/terminal-feed.ts';
import { useLive } from './live/use-live.ts';
import { createOverlays, type Overlays } from './overlays.ts';
import { openScannedReceipts } from './refund/open-scanned-receipts.ts';
import { openDesk } from './sale/desk-control.ts';
import { Screen } from './screen.tsx';
import { openSettings, type SettingsStore } from './settings/settings.ts';
import { createPlayer } from './sound/player.ts';
import { soundTheSale } from './sound/sound-of-sale.ts';
import { TillProvider } from './till-context.ts';

/** Puts the till on the page. Both hosts' entries end here; nothing below knows which one it is. */
export function mount({ link, state: connection, signOut }: Connection): TerminalFeed {
  const now = () => performance.now();
  const client: TerminalClient = createORPCClient(link);
  const feed = followTerminal(client, connection, now);
  const desk = openDesk(client, feed, now);
  const settings = openSettings(window.localStorage);
  const player = createPlayer(window);
  const overlays = createOverlays();
  routeKeys(window, desk, overlays);
  openScannedReceipts(desk.notice, overlays);
  soundTheSale({ till: feed.till, notice: desk.notice }, player, () => settings.get().volume);

  const root = document.getElementById('root');
  invariant(root !== null, 'The page has no #root');
  createRoot(root).render(
    <TillProvider value={{ client, feed, desk, settings, player, ...(signOut ? { signOut } : {}) }}>
      <App settings={settings} overlays={overlays} />
    </TillProvider>,
  );
  return feed;
}

const THEME = createTheme({ cursorType: 'pointer', respectReducedMotion: true, focusRing: 'never' });

function App({ settings, overlays }: { readonly settings: SettingsStore; readonly overlays: Overlays }) {
  const { language, theme } = useLive(settings);
  const systemScheme = useColorScheme('light', { getInitialValueInEffect: false });
  useLayoutEffect(() => {
    document.documentElement.lang = language;
    document.title = messagesIn(language).app.name;
  }, [language]);
  return (
    // Mantine would inject <style> elements, which the content security policy forbids: ui/mantine.css stands in.
    <MantineProvider
      theme={THEME}
      forceColorScheme={theme === 'system' ? systemScheme : theme}
      withCssVariables={false}
      withGlobalClasses={false}
    >
      <LanguageProvider value={language}>
        <Screen overlays={overlays} />
      </LanguageProvider>
    </MantineProvider>
  );
}
