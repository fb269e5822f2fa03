import type { StatusView } from '../../contract/types.ts';
import { certificateExpiry } from '../../core/certificate-expiry.ts';
import type { Messages } from '../i18n/messages.ts';
import type { PartStatus } from './status-text.ts';

/**
 * What there is to say of the merchant's certificate: nothing for years, then for a month, calmly, that it ends.
 *
 * @param now epoch milliseconds
 * @param beside the other parts: what does not work today leaves little room for what ends in a month
 */
export function certificateStatus(
  status: StatusView,
  now: number,
  words: Messages,
  beside: readonly PartStatus[],
): PartStatus | undefined {
  const { certificateExpiresAt } = status;
  if (certificateExpiresAt === undefined) return undefined;
  const expiry = certificateExpiry(certificateExpiresAt, now);
  if (expiry.state === 'good') return undefined;
  const { name, daysLeft, lastDay, expired, renew, replace } = words.status.certificate;
  const shown = { part: 'certificate', name, well: false } as const;
  if (expiry.state === 'expired') return { ...shown, word: expired, mend: replace };
  const word = expiry.daysLeft === 0 ? lastDay : daysLeft(expiry.daysLeft);
  if (beside.every(({ well }) => well)) return { ...shown, calm: true, word, mend: renew };
  return { ...shown, calm: true, word, details: [renew] };
}
