const DAY_MS = 86_400_000;

/** A new certificate is applied for, downloaded and put in place: that takes a shop days, not hours. */
const WARN_DAYS_AHEAD = 30;

/** How soon a certificate ends. `daysLeft` are whole days, and 0 on the last one. */
export type CertificateExpiry =
  | { readonly state: 'good' }
  | { readonly state: 'soon'; readonly daysLeft: number }
  | { readonly state: 'expired' };

/**
 * Without a valid certificate nothing can be cancelled or given back, while payments go on: so it is spoken of ahead.
 *
 * @param expiresAt epoch milliseconds, as is `now`
 */
export function certificateExpiry(expiresAt: number, now: number): CertificateExpiry {
  const leftMs = expiresAt - now;
  if (leftMs <= 0) return { state: 'expired' };
  const daysLeft = Math.floor(leftMs / DAY_MS);
  return daysLeft > WARN_DAYS_AHEAD ? { state: 'good' } : { state: 'soon', daysLeft };
}
