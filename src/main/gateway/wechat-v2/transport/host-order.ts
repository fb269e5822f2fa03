/** Which host to try first. The primary stays first by nature; one that failed is passed over for a while. */
export interface HostOrder<H> {
  /** All hosts, the one to try first in front. */
  inOrder(): readonly H[];
  failed(host: H): void;
  answered(host: H): void;
}

/** After this the first host gets another chance: it is the nearer one. */
export const AVOID_MS = 60_000;

/** @param monotonicMs as a clock's: a host must not be avoided for hours because somebody set the wall clock. */
export function createHostOrder<H>(hosts: readonly H[], monotonicMs: () => number): HostOrder<H> {
  const avoidUntil = new Map<H, number>();
  const isAvoided = (host: H) => (avoidUntil.get(host) ?? 0) > monotonicMs();

  return {
    inOrder: () => [...hosts.filter((host) => !isAvoided(host)), ...hosts.filter(isAvoided)],
    failed(host) {
      avoidUntil.set(host, monotonicMs() + AVOID_MS);
    },
    answered(host) {
      avoidUntil.delete(host);
    },
  };
}
