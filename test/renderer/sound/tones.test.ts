import { describe, expect, it } from 'vitest';
import { SOUNDS, soundFor } from '../../../src/renderer/sound/tones.ts';

describe('the sound of a change', () => {
  it.each([
    ['scan', 'working', 'scanned'],
    ['working', 'paid', 'paid'],
    ['password', 'paid', 'paid'],
    ['working', 'declined', 'declined'],
    ['working', 'uncertain', 'uncertain'],
    ['uncertain', 'attention', 'uncertain'],
    ['cancelling', 'cancelled', 'cancelled'],
    ['keying', 'scan', undefined],
    ['working', 'password', undefined],
    ['paid', 'keying', undefined],
  ] as const)('from %s to %s is %s', (before, state, sound) => {
    expect(soundFor(before, state)).toBe(sound);
  });

  it('is silence for what had already happened when the window opened, and for no change', () => {
    expect([soundFor(undefined, 'paid'), soundFor('paid', 'paid')]).toEqual([undefined, undefined]);
  });
});

describe('the sounds', () => {
  it('rise for paid, fall for declined, and are all short', () => {
    const melody = (name: 'paid' | 'declined') => SOUNDS[name].slice(0, 4).map(({ hz }) => hz);
    expect(melody('paid')).toEqual([...melody('paid')].sort((a, b) => a - b));
    expect(melody('declined')).toEqual([...melody('declined')].sort((a, b) => b - a));
    for (const tones of Object.values(SOUNDS)) {
      expect(Math.max(...tones.map(({ fromMs, lengthMs }) => fromMs + lengthMs))).toBeLessThan(1000);
    }
  });

  it('never add up to more than a loudspeaker takes', () => {
    for (const tones of Object.values(SOUNDS)) {
      for (const { fromMs: at } of tones) {
        const sounding = tones.filter(({ fromMs, lengthMs }) => fromMs <= at && at < fromMs + lengthMs);
        expect(sounding.reduce((sum, { gain }) => sum + gain, 0)).toBeLessThanOrEqual(1.6);
      }
    }
  });
});
