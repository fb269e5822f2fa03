import type { BilingualText } from '../core/advice.ts';

export const BOOKS_SAFE: BilingualText = {
  zh: '账本原样保留，没有改动，也没有发出任何收款。',
  en: 'The books were left exactly as they are, and no payment was sent.',
};
