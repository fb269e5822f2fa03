import { app, dialog } from 'electron';
import { describeTrouble, type Language, troubleOf } from './trouble.ts';

/** Chinese when the system speaks it, else English: for what is said outside the page, which knows its own language. */
export function systemLanguage(): Language {
  return app.getLocale().toLowerCase().startsWith('zh') ? 'zh' : 'en';
}

/** The terminal cannot start: says why in three lines and ends the process with code 1. */
export function endWithTrouble(error: unknown): void {
  const trouble = troubleOf(error);
  const { happened, money, next } = describeTrouble(trouble, systemLanguage());
  dialog.showErrorBox(happened, [money, next, `${trouble.code}: ${trouble.detail}`].join('\n\n'));
  app.exit(1);
}
