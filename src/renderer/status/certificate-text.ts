import type { StatusView } from '../../contract/types.ts';
import { certificateExpiry } from '../../core/certificate-expiry.ts';
import type { Messages } from '../i18n/messages.ts';
import type { PartStatus } from './status-text.ts';

/**
 * What there is to say of the merchant's certificate: nothing for years, then for a month that it ends.
 *
 * @param now epoch milliseconds
 */
export function certificateStatus(status: StatusView, now: number, words: Messages): PartStatus | undefined {
  const { certificateExpiresAt } = status;
  if (certificateExpiresAt === undefined) return undefined;
  const expiry = certificateExpiry(certificateExpiresAt, now);
  if (expiry.state === 'good') return undefined;
  const { name, daysLeft, lastDay, expired, renew, replace } = words.status.certificate;
  const shown = { part: 'certificate', name, well: false } as const;
  if (expiry.state === 'expired') return { ...shown, word: expired, mend: replace };
  return { ...shown, word: expiry.daysLeft === 0 ? lastDay : daysLeft(expiry.daysLeft), mend: renew };
}
