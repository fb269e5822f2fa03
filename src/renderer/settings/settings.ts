import { LANGUAGES, type Language } from '../i18n/messages.ts';
import { createCell, type Live } from '../live/cell.ts';

export const THEMES = ['light', 'dark', 'system'] as const;
export type Theme = (typeof THEMES)[number];

/** What each window remembers for itself; nothing here has to do with money. */
export interface Settings {
  readonly language: Language;
  readonly theme: Theme;
  /** 0 is mute, 1 the loudest. */
  readonly volume: number;
}

export const DEFAULT_SETTINGS: Settings = { language: 'zh-CN', theme: 'system', volume: 0.7 };

const STORAGE_KEY = 'saoma.settings';

export interface SettingsStore extends Live<Settings> {
  change(part: Partial<Settings>): void;
}

export function openSettings(storage: Pick<Storage, 'getItem' | 'setItem'>): SettingsStore {
  const cell = createCell(parseSettings(storage.getItem(STORAGE_KEY)));
  return {
    get: cell.get,
    subscribe: cell.subscribe,
    change(part) {
      cell.set({ ...cell.get(), ...part });
      storage.setItem(STORAGE_KEY, JSON.stringify(cell.get()));
    },
  };
}

/** Whatever cannot be understood is the default: a till must open. */
export function parseSettings(text: string | null): Settings {
  const { language, theme, volume } = readRecord(text);
  return {
    language: LANGUAGES.find((known) => known === language) ?? DEFAULT_SETTINGS.language,
    theme: THEMES.find((known) => known === theme) ?? DEFAULT_SETTINGS.theme,
    volume: typeof volume === 'number' && volume >= 0 && volume <= 1 ? volume : DEFAULT_SETTINGS.volume,
  };
}

function readRecord(text: string | null): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text ?? '{}');
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}
