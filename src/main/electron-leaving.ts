import { app, type BrowserWindow, dialog, type Event } from 'electron';
import { type LeavingQuestion, leavingQuestion } from './electron-leaving-question.ts';
import { systemLanguage } from './electron-trouble.ts';
import type { Terminal } from './terminal.ts';

/**
 * Closing asks first while a payment is not certain. It is a question, not a wall: whoever must go can go, for the
 * books are complete at every moment. When the answer is to leave, the terminal is closed before the process ends.
 */
export function askBeforeLeaving(window: BrowserWindow, terminal: Pick<Terminal, 'unsettled' | 'close'>): void {
  let state: 'open' | 'asking' | 'leaving' | 'closed' = 'open';

  window.on('close', hold);
  app.on('before-quit', hold);
  app.on('will-quit', (event) => {
    if (state === 'closed') return;
    event.preventDefault();
    void closeTerminal();
  });

  function hold(event: Event): void {
    if (state === 'leaving' || state === 'closed') return;
    const question = leavingQuestion(terminal.unsettled(), systemLanguage());
    if (question === undefined) return;
    event.preventDefault();
    if (state === 'open') void ask(question);
  }

  async function ask({ message, detail, stay, leave }: LeavingQuestion): Promise<void> {
    state = 'asking';
    const { response } = await dialog.showMessageBox(window, {
      type: 'warning',
      message,
      detail,
      buttons: [stay, leave],
      defaultId: 0,
      cancelId: 0,
      noLink: true,
    });
    state = response === 1 ? 'leaving' : 'open';
    if (state === 'leaving') app.quit();
  }

  async function closeTerminal(): Promise<void> {
    // Whatever goes wrong now is for the next start to mend; the process ends all the same.
    await terminal.close().catch(() => {});
    state = 'closed';
    app.quit();
  }
}
