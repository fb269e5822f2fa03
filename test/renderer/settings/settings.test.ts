import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS, openSettings, parseSettings } from '../../../src/renderer/settings/settings.ts';

function memory(initial: Record<string, string> = {}) {
  const items = new Map(Object.entries(initial));
  return {
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => void items.set(key, value),
  };
}

describe('settings', () => {
  it('are Chinese, like the system, and audible at first', () => {
    expect(openSettings(memory()).get()).toEqual({ language: 'zh-CN', theme: 'system', volume: 0.7 });
  });

  it('are remembered, and say that they changed', () => {
    const storage = memory();
    const settings = openSettings(storage);
    let changes = 0;
    settings.subscribe(() => changes++);
    settings.change({ language: 'en' });
    settings.change({ volume: 0 });
    expect(changes).toBe(2);
    expect(openSettings(storage).get()).toEqual({ ...DEFAULT_SETTINGS, language: 'en', volume: 0 });
  });

  it.each(['', '{', 'null', '7', '"en"', '{"language":"fr","theme":"pink","volume":9}'])(
    'are the defaults when %s was stored: a till must open',
    (text) => {
      expect(parseSettings(text)).toEqual(DEFAULT_SETTINGS);
    },
  );
});
