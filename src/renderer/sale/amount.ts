import { type Fen, fen, formatYuan, parseYuan, SALE_MAX_FEN, sumFen } from '../../core/money.ts';

/**
 * The amount while it is being keyed: finished lines and the one under the fingers, kept as the text that was typed,
 * so that "12." and "12.50" show as what they are.
 */
export interface Amount {
  readonly lines: readonly Fen[];
  readonly text: string;
  /** Already asked for once: the next digit starts this line anew instead of growing it. */
  readonly asked: boolean;
}

export const NO_AMOUNT: Amount = { lines: [], text: '', asked: false };

export const AMOUNT_KEYS = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '00', '.', '+', 'Backspace'] as const;
export type AmountKey = (typeof AMOUNT_KEYS)[number];

export function isAmountKey(key: string): key is AmountKey {
  return (AMOUNT_KEYS as readonly string[]).includes(key);
}

export function amountOf(total: Fen): Amount {
  return total === 0 ? NO_AMOUNT : { lines: [], text: formatYuan(total), asked: true };
}

export function totalFen(amount: Amount): Fen {
  return sumFen([...amount.lines, lineFen(amount.text)]);
}

/** The amount after a key. A key that would not leave a possible amount changes nothing. */
export function keyAmount(amount: Amount, key: AmountKey): Amount {
  const next = afterKey(amount, key);
  return parseable(next.text) && totalFen(next) <= SALE_MAX_FEN ? next : amount;
}

/** One step back: the line under the fingers, then the one before it. */
export function stepBack({ lines, text }: Amount): Amount {
  return text === '' ? { lines: lines.slice(0, -1), text: '', asked: false } : { lines, text: '', asked: false };
}

function afterKey(amount: Amount, key: AmountKey): Amount {
  const { lines, asked } = amount;
  if (key === 'Backspace') return eraseOne(amount);
  if (key === '+') {
    const line = lineFen(amount.text);
    return line === 0 ? amount : { lines: [...lines, line], text: '', asked: false };
  }
  const text = asked ? '' : amount.text;
  return { lines, text: grown(text, key), asked: false };
}

function eraseOne({ lines, text }: Amount): Amount {
  const last = lines.at(-1);
  if (text !== '' || last === undefined) return { lines, text: text.slice(0, -1), asked: false };
  return { lines: lines.slice(0, -1), text: formatYuan(last), asked: false };
}

function grown(text: string, key: string): string {
  if (key === '.') return text === '' ? '0.' : `${text}.`;
  // No leading zeros: "0" then "5" is 5, and "00" on an empty line is 0.
  return `${text}${key}`.replace(/^0+(?=\d)/, '');
}

function parseable(text: string): boolean {
  return text === '' || parseYuan(text) !== undefined;
}

function lineFen(text: string): Fen {
  return parseYuan(text) ?? fen(0);
}
