declare const brand: unique symbol;

/** Whole fen (1/100 yuan): the only form money takes between the keypad and the paper. */
export type Fen = number & { readonly [brand]: 'Fen' };

/** ¥9,999,999.99: the most one sale may ask for, and the widest amount the screens are drawn for. */
export const SALE_MAX_FEN = 999_999_999 as Fen;

/** @throws RangeError when the value is not a whole, safe number of fen. */
export function fen(value: number): Fen {
  if (!Number.isSafeInteger(value)) throw new RangeError(`Not a whole number of fen: ${value}`);
  return value as Fen;
}

/**
 * Reads an amount as a cashier types it: "12", "12.5", "12.30", ".5". The digits are read as digits, so no
 * float ever holds the amount. Undefined for anything else.
 */
export function parseYuan(text: string): Fen | undefined {
  const [matched, yuan = '', decimals = ''] = /^(\d{0,9})(?:\.(\d{0,2}))?$/.exec(text.trim()) ?? [];
  if (matched === undefined || (yuan === '' && decimals === '')) return undefined;
  return fen(Number(yuan + decimals.padEnd(2, '0')));
}

/** 1230 → "12.30"; -5 → "-0.05". */
export function formatYuan(amount: Fen): string {
  const digits = Math.abs(amount).toString().padStart(3, '0');
  return `${amount < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** 123450 → "￥1,234.50", as screens and receipts show money. U+FFE5: the half-width ¥ prints as garbage in GB18030. */
export function showYuan(amount: Fen): string {
  const [yuan = '', decimals] = formatYuan(amount).split('.');
  return `${amount < 0 ? '-' : ''}￥${yuan.replace('-', '').replace(/\B(?=(\d{3})+$)/g, ',')}.${decimals}`;
}

export function sumFen(amounts: Iterable<Fen>): Fen {
  let total = 0;
  for (const amount of amounts) total += amount;
  return fen(total);
}
