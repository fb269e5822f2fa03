import { type NetworkInterfaceInfo, networkInterfaces } from 'node:os';
import type { Clock } from '../../../core/time.ts';

/** This machine's address as the API wants it (spbill_create_ip): IPv4 where there is one, else IPv6, else loopback. */
export function localAddress(): string {
  const addresses = interfaces().filter((entry) => !entry.internal && !entry.address.startsWith('fe80:'));
  const best = addresses.find(({ family }) => family === 'IPv4') ?? addresses[0];
  return best?.address ?? '127.0.0.1';
}

/** Some sandboxes do not let a process ask. The payment must not fail for that. */
function interfaces(): NetworkInterfaceInfo[] {
  try {
    return Object.values(networkInterfaces()).flatMap((entries) => entries ?? []);
  } catch {
    return [];
  }
}

/** An address changes seldom, and asking for it costs as much as signing a call does. */
const REMEMBERED_MS = 60_000;

/** The same, asked for at most once a minute. */
export function rememberAddress(clock: Pick<Clock, 'monotonicMs'>, ask = localAddress): () => string {
  let remembered: { readonly address: string; readonly untilMs: number } | undefined;
  return () => {
    const nowMs = clock.monotonicMs();
    if (remembered === undefined || nowMs >= remembered.untilMs) {
      remembered = { address: ask(), untilMs: nowMs + REMEMBERED_MS };
    }
    return remembered.address;
  };
}
