import * as z from 'zod';

const PAYMENT_CODE = /(?<!\d)1[0-5]\d{16}(?!\d)/;

/** Words that a person types and the journal keeps for ever: trimmed, one line, and never a payment code. */
export function typedWords(maxLength: number) {
  return z
    .string()
    .trim()
    .min(1)
    .max(maxLength)
    .regex(/^\P{Cc}*$/u)
    .refine((text) => !PAYMENT_CODE.test(text.normalize('NFKC')));
}
