import type { LeavingReason } from '../core/leaving.ts';

/** Asks, where there is anything to ask, whether the till may be left. */
export interface Leaving {
  mayLeave(reason: LeavingReason): Promise<boolean>;
}

/** All that is needed of whatever brings new versions; electron-updater's `autoUpdater` fits. */
export interface Updater {
  quitAndInstall(): void;
}

/**
 * The one way to an update: what is not settled is asked about first, so that no till is replaced under it unseen.
 *
 * @returns whether the update began.
 */
export async function installUpdate(leaving: Leaving, updater: Updater): Promise<boolean> {
  if (!(await leaving.mayLeave('update'))) return false;
  updater.quitAndInstall();
  return true;
}
