import { createContext, useContext } from 'react';
import { en } from './en.ts';
import type { Messages } from './words.ts';
import { zhCN } from './zh-CN.ts';

export type { Messages } from './words.ts';

export const LANGUAGES = ['zh-CN', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

const MESSAGES: Readonly<Record<Language, Messages>> = { 'zh-CN': zhCN, en };

export function messagesIn(language: Language): Messages {
  return MESSAGES[language];
}

/** The half of a bilingual text of the core or the contract that this language reads. */
export function inLanguage(text: { readonly zh: string; readonly en: string }, language: Language): string {
  return language === 'en' ? text.en : text.zh;
}

const LanguageContext = createContext<Language>('zh-CN');
export const LanguageProvider = LanguageContext.Provider;

export function useLanguage(): Language {
  return useContext(LanguageContext);
}

export function useMessages(): Messages {
  return messagesIn(useLanguage());
}
