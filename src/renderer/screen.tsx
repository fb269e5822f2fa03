import { lazy, Suspense } from 'react';
import { inLanguage, useLanguage, useMessages } from './i18n/messages.ts';
import { useLive } from './live/use-live.ts';
import type { Overlays } from './overlays.ts';
import { Rail } from './rail/rail.tsx';
import { Keypad } from './sale/keypad.tsx';
import { StatePanel } from './sale/state-panel.tsx';
import { usePanel } from './sale/use-panel.ts';
import styles from './screen.module.css';
import { StatusBar } from './status/status-bar.tsx';
import { TopBar } from './status/top-bar.tsx';
import { useTill } from './till-context.ts';

// What is looked at now and then does not hold up the first sale.
const StoryPanel = lazy(() => import('./story/story-panel.tsx'));
const QueuePanel = lazy(() => import('./queue/queue-panel.tsx'));
const FindPanel = lazy(() => import('./refund/find-panel.tsx'));
const ShiftPanel = lazy(() => import('./shift/shift-panel.tsx'));
const HeldPanel = lazy(() => import('./offline/held-panel.tsx'));
const StaticPanel = lazy(() => import('./offline/static-panel.tsx'));
const DemoDrawer = lazy(() => import('./demo/demo-drawer.tsx'));
const SettingsCard = lazy(() => import('./settings/settings-card.tsx'));

/** The sale screen: panel, keypad, rail, and what lies over them. */
export function Screen({ overlays }: { readonly overlays: Overlays }) {
  const connection = useLive(useTill().feed.connection);
  const { side, settings } = useLive(overlays);
  const panel = usePanel();
  if (connection.status === 'refused') return <Refused refusal={connection.refusal} />;
  return (
    <main className="frame" data-stale={connection.status !== 'online'}>
      <TopBar
        queueOpen={side?.type === 'queue'}
        onQueue={overlays.toggleQueue}
        heldOpen={side?.type === 'held'}
        onHeld={overlays.toggleHeld}
      />
      <StatePanel
        panel={panel}
        onPanel={{ held: overlays.toggleHeld, static: overlays.toggleStatic }}
        onReceipt={overlays.toggleStory}
      />
      <Keypad enter={panel.actions.enter} />
      <Rail
        openId={side?.type === 'story' ? side.saleId : undefined}
        onOpen={overlays.toggleStory}
        onFind={overlays.toggleFind}
      />
      <StatusBar
        shiftOpen={side?.type === 'shift'}
        onShift={overlays.toggleShift}
        demoOpen={side?.type === 'demo'}
        onDemo={overlays.toggleDemo}
        settingsOpen={settings}
        onSettings={overlays.toggleSettings}
      />
      <Suspense>
        {side?.type === 'story' && <StoryPanel key={side.saleId} saleId={side.saleId} onClose={overlays.closeSide} />}
        {side?.type === 'queue' && <QueuePanel onClose={overlays.closeSide} onStory={overlays.toggleStory} />}
        {side?.type === 'find' && <FindPanel onClose={overlays.closeSide} onStory={overlays.showStory} />}
        {side?.type === 'shift' && <ShiftPanel onClose={overlays.closeSide} />}
        {side?.type === 'held' && <HeldPanel onClose={overlays.closeSide} />}
        {side?.type === 'static' && <StaticPanel onClose={overlays.closeSide} />}
        {side?.type === 'demo' && <DemoDrawer onClose={overlays.closeSide} />}
        {settings && <SettingsCard onClose={overlays.toggleSettings} />}
      </Suspense>
    </main>
  );
}

/** The terminal does not let this window in: both languages, for nobody has chosen one here yet. */
function Refused({ refusal }: { readonly refusal: { readonly zh: string; readonly en: string } }) {
  const words = useMessages().app;
  const language = useLanguage();
  return (
    <main className={styles.refused}>
      <h1>{words.refusedTitle}</h1>
      <p>{inLanguage(refusal, language)}</p>
      <p className={styles.other}>{language === 'en' ? refusal.zh : refusal.en}</p>
    </main>
  );
}
