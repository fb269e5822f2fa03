import type { SaleState } from '../sale/desk.ts';

/** What the till can say without words. Told apart by rhythm and direction, so that a small speaker is enough. */
export type Sound = 'scanned' | 'paid' | 'declined' | 'uncertain' | 'cancelled' | 'notice';

/** One tone: pitch in Hz, from and length in ms, loudness 0–1. */
export interface Tone {
  readonly hz: number;
  readonly fromMs: number;
  readonly lengthMs: number;
  readonly gain: number;
  readonly shape: 'sine' | 'triangle' | 'square';
}

export const SOUNDS: Readonly<Record<Sound, readonly Tone[]>> = {
  scanned: [tone(1760, 0, 45, 0.25, 'sine')],
  // A rising C major chord whose last tone stays: the one sound that nothing else resembles.
  paid: [
    tone(523.25, 0, 140, 0.5, 'triangle'),
    tone(659.25, 110, 140, 0.5, 'triangle'),
    tone(783.99, 220, 160, 0.5, 'triangle'),
    tone(1046.5, 340, 520, 0.55, 'triangle'),
    tone(783.99, 340, 520, 0.25, 'sine'),
  ],
  declined: [tone(196, 0, 180, 0.45, 'square'), tone(155.56, 260, 340, 0.45, 'square')],
  // Two tones that do not want to be together, twice: something is not settled.
  uncertain: [
    tone(440, 0, 220, 0.35, 'triangle'),
    tone(466.16, 0, 220, 0.35, 'triangle'),
    tone(440, 320, 300, 0.35, 'triangle'),
    tone(466.16, 320, 300, 0.35, 'triangle'),
  ],
  cancelled: [tone(523.25, 0, 120, 0.35, 'sine'), tone(392, 140, 220, 0.35, 'sine')],
  notice: [tone(311.13, 0, 90, 0.35, 'triangle'), tone(311.13, 140, 90, 0.35, 'triangle')],
};

/** What a change of state sounds like. Undefined: silence. A window that has just opened stays silent. */
export function soundFor(before: SaleState | undefined, state: SaleState): Sound | undefined {
  if (before === undefined || before === state) return undefined;
  switch (state) {
    case 'working':
      return before === 'scan' ? 'scanned' : undefined;
    case 'paid':
    case 'declined':
    case 'uncertain':
    case 'cancelled':
      return state;
    case 'attention':
    case 'toVerify':
      return 'uncertain';
    default:
      return undefined;
  }
}

function tone(hz: number, fromMs: number, lengthMs: number, gain: number, shape: Tone['shape']): Tone {
  return { hz, fromMs, lengthMs, gain, shape };
}
