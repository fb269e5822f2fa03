import { createContext, useContext } from 'react';
import { invariant } from '../core/assert.ts';
import type { TerminalClient } from './connection/connection.ts';
import type { TerminalFeed } from './live/terminal-feed.ts';
import type { DeskControl } from './sale/desk-control.ts';
import type { SettingsStore } from './settings/settings.ts';
import type { Player } from './sound/player.ts';

/** All that a screen has to work with. None of it knows the host. */
export interface TillParts {
  readonly client: TerminalClient;
  readonly feed: TerminalFeed;
  readonly desk: DeskControl;
  readonly settings: SettingsStore;
  readonly player: Player;
  /** See Connection.signOut. */
  readonly signOut?: () => Promise<void>;
}

const TillContext = createContext<TillParts | undefined>(undefined);
export const TillProvider = TillContext.Provider;

export function useTill(): TillParts {
  const parts = useContext(TillContext);
  invariant(parts !== undefined, 'A screen is shown outside of TillProvider');
  return parts;
}
