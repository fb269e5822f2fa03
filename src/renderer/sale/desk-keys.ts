import { type AmountKey, isAmountKey } from './amount.ts';
import type { TenderKey } from './tender.ts';

/** What a press on the desk can mean, whether of a key or of a button that does the same. */
export type DeskKey = AmountKey | 'Enter' | 'Escape' | 'Cancel' | 'Cash' | 'Qr' | 'PrintQr' | TenderKey;

/** What a keyboard's key means there; undefined for one that means nothing. */
export function deskKey(name: string): DeskKey | undefined {
  if (isAmountKey(name) || name === 'Enter' || name === 'Escape') return name;
  return OTHER_NAMES[name];
}

/** The full stop of a Chinese keyboard, the comma of a German numpad. */
const OTHER_NAMES: Readonly<Record<string, DeskKey>> = {
  '。': '.',
  '．': '.',
  ',': '.',
  Delete: 'Escape',
  F2: 'Cash',
  F4: 'Cancel',
  F6: 'Qr',
  F7: 'PrintQr',
};
