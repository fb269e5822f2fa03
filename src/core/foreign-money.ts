import type { ForeignCash } from './gateway-answer.ts';

/*
 * Money of another currency as people read it. The gateway gives the smallest unit, which is a hundredth almost
 * everywhere; where it is not, the currency's own digits are known here.
 */

/** ISO 4217: digits after the point, of the currencies that do not have two. */
const MINOR_DIGITS: Readonly<Record<string, number>> = {
  JPY: 0,
  KRW: 0,
  VND: 0,
  CLP: 0,
  ISK: 0,
  XAF: 0,
  XOF: 0,
  XPF: 0,
  PYG: 0,
  UGX: 0,
  RWF: 0,
  BHD: 3,
  IQD: 3,
  JOD: 3,
  KWD: 3,
  LYD: 3,
  OMR: 3,
  TND: 3,
};
const RATE_DIGITS = 8;

/** "HKD 13.65", "JPY 250". */
export function showForeign({ currency, amountMinor }: Pick<ForeignCash, 'currency' | 'amountMinor'>): string {
  return `${currency} ${withPoint(String(amountMinor), MINOR_DIGITS[currency] ?? 2)}`;
}

/** "0.9152": CNY against the other currency, without idle noughts. Undefined where the gateway gave none. */
export function showRate({ rate }: { readonly rate?: string | undefined }): string | undefined {
  if (rate === undefined || !/^\d+$/.test(rate)) return undefined;
  return withPoint(rate, RATE_DIGITS).replace(/\.?0+$/, '');
}

/** By the digits themselves: no float ever holds an amount. */
function withPoint(digits: string, decimals: number): string {
  if (decimals === 0) return digits;
  const padded = digits.padStart(decimals + 1, '0');
  return `${padded.slice(0, -decimals)}.${padded.slice(-decimals)}`;
}
