import { Secret } from './secret.ts';
import { TRANSACTION_ID } from './static-payment.ts';

/** What a scanner's text turned out to be. Only a WeChat code carries itself on; the rest is told by name. */
export type Scanned =
  | { readonly kind: 'wechat'; readonly code: Secret }
  | { readonly kind: 'alipay' | 'unionpay' | 'ecny' | 'link' | 'garbage' }
  | { readonly kind: 'product'; readonly barcode: string }
  /** One of our own, by what stands in its QR: the sale's number, or the order's. */
  | { readonly kind: 'receipt'; readonly code: string }
  /** WeChat Pay's own number of a transaction, as the customer's phone shows it for a shop to scan. */
  | { readonly kind: 'transaction'; readonly transactionId: string };

const AIM_PREFIX = /^\][A-Za-z][0-9A-Za-z]/;

/** store-terminal-sequence, and on an order's attempt and tag: see order-number.ts. */
const RECEIPT_CODE = /^[0-9A-Za-z]{1,6}-[0-9A-Za-z]{1,4}-[A-Z]{0,2}\d{6,}(-[0-9a-z]{5,})?$/;

/**
 * Says what a scanned text is, by content alone: devices lie about symbologies, digits do not.
 * WeChat: 18 digits beginning 10–15. Alipay: 16–24 digits beginning 25–30. UnionPay: 19 digits beginning 62.
 * e-CNY: 19 digits beginning 01. Goods: 8, 12, 13 or 14 digits with a right check digit (GS1). A WeChat transaction: 28
 * digits.
 */
export function readScan(raw: string): Scanned {
  const text = cleanScan(raw);
  if (/^1[0-5]\d{16}$/.test(text)) return { kind: 'wechat', code: new Secret(text) };
  if (/^(2[5-9]|30)\d{14,22}$/.test(text)) return { kind: 'alipay' };
  if (/^62\d{17}$/.test(text)) return { kind: 'unionpay' };
  if (/^01\d{17}$/.test(text)) return { kind: 'ecny' };
  if (/^(\d{8}|\d{12,14})$/.test(text) && hasGs1CheckDigit(text)) return { kind: 'product', barcode: text };
  if (TRANSACTION_ID.test(text)) return { kind: 'transaction', transactionId: text };
  if (RECEIPT_CODE.test(text)) return { kind: 'receipt', code: text };
  if (/^(https?|wxp|weixin|alipays?):\/\//i.test(text)) return { kind: 'link' };
  return { kind: 'garbage' };
}

/** Full-width digits become ASCII, control characters and blanks go, an AIM identifier (`]Q1`) is taken off. */
function cleanScan(raw: string): string {
  const text = raw
    .normalize('NFKC')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: scanners send CR, LF, TAB, NUL and GS around the code.
    .replace(/[\u0000-\u0020\u007f]/g, '');
  return text.replace(AIM_PREFIX, '');
}

function hasGs1CheckDigit(digits: string): boolean {
  let sum = 0;
  for (let index = 0; index < digits.length; index++) {
    const weight = (digits.length - 1 - index) % 2 === 1 ? 3 : 1;
    sum += Number(digits[index]) * weight;
  }
  return sum % 10 === 0;
}
