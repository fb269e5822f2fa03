import { SOUNDS, type Sound, type Tone } from './tones.ts';

/** Plays the till's sounds. Silent until the browser allows sound: at the first key or touch at the latest. */
export interface Player {
  /** `volume` from 0 (mute) to 1. */
  play(sound: Sound, volume: number): void;
}

/** So quiet that nobody hears it; an exponential ramp cannot reach zero. */
const SILENT = 0.0001;
const ATTACK_S = 0.008;

export function createPlayer(page: Window): Player {
  let context: AudioContext | undefined;
  const wake = (): void => {
    context ??= new AudioContext();
    if (context.state === 'suspended') void context.resume();
  };
  for (const gesture of ['pointerdown', 'keydown'] as const) page.addEventListener(gesture, wake, { capture: true });
  return {
    play(sound, volume) {
      if (volume <= 0) return;
      wake();
      // Sounds that were due while the browser kept us silent are not made up for later.
      if (context?.state !== 'running') return;
      for (const tone of SOUNDS[sound]) playTone(context, tone, volume);
    },
  };
}

function playTone(context: AudioContext, { hz, fromMs, lengthMs, gain, shape }: Tone, volume: number): void {
  const from = context.currentTime + fromMs / 1000;
  const until = from + lengthMs / 1000;
  const oscillator = new OscillatorNode(context, { type: shape, frequency: hz });
  const envelope = new GainNode(context, { gain: SILENT });
  envelope.gain.setValueAtTime(SILENT, from);
  envelope.gain.exponentialRampToValueAtTime(gain * volume, from + ATTACK_S);
  envelope.gain.exponentialRampToValueAtTime(SILENT, until);
  oscillator.connect(envelope).connect(context.destination);
  oscillator.start(from);
  oscillator.stop(until);
}
