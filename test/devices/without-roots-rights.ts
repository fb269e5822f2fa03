import { onTestFinished } from 'vitest';

const NOBODY = 65_534;

/** Until the test ends, the system may say no to us: root, as whom containers run tests, can open anything. */
export function withoutRootsRights(): void {
  if (process.geteuid?.() !== 0) return;
  process.seteuid?.(NOBODY);
  onTestFinished(() => process.seteuid?.(0));
}
