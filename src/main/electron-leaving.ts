import { app, type BrowserWindow, dialog, type Event } from 'electron';
import { type LeavingReason, type LeavingWarning, leavingWarning } from '../core/leaving.ts';
import { systemLanguage } from './electron-trouble.ts';
import type { Terminal } from './terminal.ts';
import type { Leaving } from './update-guard.ts';

/**
 * Closing asks first while money is not settled. It is a question, not a wall: whoever must go can go, for the books
 * are complete at every moment. When the answer is to leave, the terminal is closed before the process ends.
 */
export function askBeforeLeaving(window: BrowserWindow, terminal: Pick<Terminal, 'unsettled' | 'close'>): Leaving {
  let state: 'open' | 'asking' | 'leaving' | 'closed' = 'open';

  window.on('close', hold);
  app.on('before-quit', hold);
  app.on('will-quit', (event) => {
    if (state === 'closed') return;
    event.preventDefault();
    void closeTerminal();
  });

  return { mayLeave };

  function hold(event: Event): void {
    if (state === 'leaving' || state === 'closed') return;
    if (warning('close') === undefined) return;
    event.preventDefault();
    if (state === 'open') void mayLeave('close').then((leaves) => leaves && app.quit());
  }

  async function mayLeave(reason: LeavingReason): Promise<boolean> {
    if (state === 'asking') return false;
    const question = warning(reason);
    if (question !== undefined) {
      state = 'asking';
      state = (await ask(window, question)) ? 'leaving' : 'open';
      return state === 'leaving';
    }
    return true;
  }

  function warning(reason: LeavingReason): LeavingWarning | undefined {
    return leavingWarning(reason, terminal.unsettled(), Date.now());
  }

  async function closeTerminal(): Promise<void> {
    // Whatever goes wrong now is for the next start to mend; the process ends all the same.
    await terminal.close().catch(() => {});
    state = 'closed';
    app.quit();
  }
}

/** @returns whether the answer is to leave. */
async function ask(window: BrowserWindow, { happened, money, next, stay, leave }: LeavingWarning): Promise<boolean> {
  const language = systemLanguage();
  const { response } = await dialog.showMessageBox(window, {
    type: 'warning',
    message: happened[language],
    detail: `${money[language]}\n${next[language]}`,
    buttons: [stay, ...(leave ? [leave] : [])].map((words) => words[language]),
    defaultId: 0,
    cancelId: 0,
    noLink: true,
  });
  return response === 1;
}
