import { describe, expect, it } from 'vitest';
import {
  isLikelyScan,
  WEDGE_IDLE,
  type WedgeEffect,
  type WedgeKey,
  type WedgeState,
  wakeAt,
  wedgeKey,
  wedgePause,
} from '../../src/core/wedge.ts';

const CODE = '134567890123456789';

/** Plays keydowns against the detector, with the silences in between, as a listener's timer would. */
function play(keys: readonly WedgeKey[]) {
  let state: WedgeState = WEDGE_IDLE;
  const effects: WedgeEffect[] = [];
  const verdicts: string[] = [];
  const silenceUntil = (at: number): void => {
    const due = wakeAt(state);
    if (due === undefined || due > at) return;
    const step = wedgePause(state, due);
    state = step.state;
    effects.push(...step.effects);
  };
  for (const key of keys) {
    silenceUntil(key.at - 1);
    const step = wedgeKey(state, key);
    state = step.state;
    effects.push(...step.effects);
    verdicts.push(step.verdict);
  }
  silenceUntil(Number.POSITIVE_INFINITY);
  return { effects, verdicts, scans: scansIn(effects), typed: typedIn(effects) };
}

const scansIn = (effects: readonly WedgeEffect[]) =>
  effects.flatMap((effect) => (effect.type === 'scan' ? [effect.text.reveal()] : []));
const typedIn = (effects: readonly WedgeEffect[]) =>
  effects.flatMap((effect) => (effect.type === 'typed' ? effect.keys : []));

function key(name: string, at: number, more: Partial<WedgeKey> = {}): WedgeKey {
  const code = /^\d$/.test(name) ? `Digit${name}` : name.length > 1 ? name : `Key${name.toUpperCase()}`;
  return { code, key: name, keyCode: 0, shift: false, at, isComposing: false, repeat: false, ...more };
}

/** One key every `gapMs`, beginning at `from`. */
function burst(text: string, from: number, gapMs: number, suffix: readonly string[] = ['Enter']): WedgeKey[] {
  return [...text, ...suffix].map((name, index) => key(name, from + index * gapMs));
}

const ime = (code: string, at: number): WedgeKey => key('Process', at, { code, keyCode: 229, isComposing: true });

describe('a scan that a busy machine delivers in two parts', () => {
  /** The listener's timer is asked in between; the keys' own times are those of one burst. */
  function deliveredAfter(stallMs: number) {
    let state: WedgeState = WEDGE_IDLE;
    const effects: WedgeEffect[] = [];
    burst(CODE, 1000, 2).forEach((each, index) => {
      const pause = index === 6 ? wedgePause(state, 1010 + stallMs) : { state, effects: [] };
      const step = wedgeKey(pause.state, each);
      state = step.state;
      effects.push(...pause.effects, ...step.effects);
    });
    return { scans: scansIn(effects), typed: typedIn(effects) };
  }

  it('is one scan, for no fingers have typed its head', () => {
    expect(deliveredAfter(350)).toEqual({ scans: [CODE], typed: [] });
  });

  it('is not waited for without end', () => {
    expect(deliveredAfter(500).typed).toEqual([...'134567']);
  });
});

describe('an amount', () => {
  it.each(['9999999.99', '12.30+4.50', '1234567.8'])('typed as fast as a machine is still an amount: %s', (text) => {
    const { scans, typed } = play(burst(text, 1000, 2));
    expect(scans).toEqual([]);
    expect(typed).toEqual([...text, 'Enter']);
  });
});

describe('a scan', () => {
  it.each([1, 10, 16, 50])('is known by its rhythm at one key every %i ms', (gapMs) => {
    const { scans, typed, verdicts } = play(burst(CODE, 1000, gapMs));
    expect(scans).toEqual([CODE]);
    expect(typed).toEqual([]);
    expect(verdicts.every((verdict) => verdict === 'hold')).toBe(true);
  });

  it.each([[['Tab']], [[]], [['Enter', 'Enter']]])('may end with %j', (suffix) => {
    const { effects } = play(burst(CODE, 1000, 10, suffix));
    expect(scansIn(effects)).toEqual([CODE]);
    expect(effects).toHaveLength(1);
  });

  it('may end with an Enter that lags a little behind', () => {
    const { scans, typed } = play([...burst(CODE, 1000, 10, []), key('Enter', 1170 + 100)]);
    expect(scans).toEqual([CODE]);
    expect(typed).toEqual([]);
  });

  it('is read by the place of its digits, whatever NumLock, layout or width make of them', () => {
    const numpad = [...CODE].map((digit, index) => key('Home', 1000 + index * 8, { code: `Numpad${digit}` }));
    const french = [...CODE].map((digit, index) => key('&', 1000 + index * 8, { code: `Digit${digit}` }));
    const wide = [...CODE].map((digit, index) =>
      key(String.fromCodePoint(0xff10 + Number(digit)), 1000 + index * 8, { code: '' }),
    );
    expect([numpad, french, wide].flatMap((keys) => play(keys).scans)).toEqual([CODE, CODE, CODE]);
  });

  it('keeps the signs of a link and of an AIM identifier', () => {
    expect(play(burst(']Q1https://x.cn/a_b?c=1', 1000, 9)).scans).toEqual([']Q1https://x.cn/a_b?c=1']);
  });

  it('takes shifted digits as the signs they are', () => {
    const bang = burst('abcdefgh', 1000, 10, []).concat(key('!', 1080, { code: 'Digit1', shift: true }));
    expect(play(bang).scans).toEqual(['abcdefgh!']);
  });

  it('never shows its text when printed', () => {
    expect(JSON.stringify(play(burst(CODE, 1000, 10)).effects)).not.toContain(CODE);
  });

  it('is told from a second one right behind it', () => {
    expect(play([...burst(CODE, 1000, 8), ...burst('6901028075763', 1000 + 19 * 8, 8)]).scans).toEqual([
      CODE,
      '6901028075763',
    ]);
  });

  it('can be known before it ends, so that a text field loses it in time', () => {
    let state: WedgeState = WEDGE_IDLE;
    const likely = burst(CODE, 1000, 10, []).map((pressed) => {
      state = wedgeKey(state, pressed).state;
      return isLikelyScan(state);
    });
    expect(likely.indexOf(true)).toBe(7);
  });
});

describe('typing', () => {
  it('is handed back key by key', () => {
    expect(play(burst('12.5', 1000, 120)).typed).toEqual(['1', '2', '.', '5', 'Enter']);
  });

  it('is handed back in order even when two fingers overlap', () => {
    const keys = [key('1', 0), key('2', 20), key('Backspace', 45), key('3', 60), key('Enter', 85)];
    expect(play(keys)).toMatchObject({ scans: [], typed: ['1', '2', 'Backspace', '3', 'Enter'] });
  });

  it('is no scan when it is fast but short', () => {
    expect(play(burst('1234567', 1000, 10))).toMatchObject({ scans: [], typed: [...'1234567', 'Enter'] });
  });

  it('is no scan when one gap is too long', () => {
    const keys = [...burst('1345678', 1000, 10, []), ...burst('9012345', 1000 + 6 * 10 + 51, 10, [])];
    expect(play(keys)).toMatchObject({ scans: [], typed: [...'13456789012345'] });
  });

  it('lets a lone Enter, Tab or Escape through to the page', () => {
    const { verdicts, typed } = play([key('Enter', 0), key('Tab', 500), key('Escape', 900)]);
    expect(verdicts).toEqual(['pass', 'pass', 'pass']);
    expect(typed).toEqual(['Enter', 'Tab', 'Escape']);
  });

  it('ignores a key that repeats because it is held down', () => {
    const repeats = Array.from({ length: 20 }, (_, index) => key('1', 500 + index * 30, { repeat: true }));
    expect(play([key('1', 0), ...repeats])).toMatchObject({ scans: [], typed: ['1'] });
  });

  it('survives a scan that falls into it, Escape in the middle included', () => {
    const scan = burst(CODE, 2000, 10);
    const keys = [key('1', 1000), ...scan.slice(0, 5), key('Escape', 2044), ...scan.slice(5), key('2', 2600)];
    expect(play(keys)).toMatchObject({ scans: [CODE], typed: ['1', 'Escape', '2'] });
  });
});

describe('an input method in the way', () => {
  it('is reported instead of a code with holes in it', () => {
    const keys = [ime('Digit1', 1000), ...burst(CODE.slice(1), 1008, 8)];
    expect(play(keys).effects).toEqual([{ type: 'ime' }]);
  });

  it('is reported when it ate nearly everything', () => {
    const keys = ['KeyA', 'KeyB', 'Digit1', 'Enter'].map((code, index) => ime(code, 1000 + index * 8));
    expect(play(keys).effects).toEqual([{ type: 'ime' }]);
  });

  it('is none of our business while a person composes', () => {
    const keys = ['KeyN', 'KeyI', 'Digit1'].map((code, index) => ime(code, 1000 + index * 140));
    expect(play(keys)).toMatchObject({ effects: [], verdicts: ['pass', 'pass', 'pass'] });
  });

  it('is not suspected because a person holds a key down', () => {
    const keys = Array.from({ length: 12 }, (_, index) => ({
      ...ime('Backspace', 1000 + index * 30),
      repeat: index > 0,
    }));
    expect(play(keys).effects).toEqual([]);
  });
});

describe('a day of scans and typing mixed', () => {
  it('loses, splits and leaks no scan and swallows no key in 20,000 scans', () => {
    const random = generator(20260101);
    const between = (from: number, to: number): number => from + Math.floor(random() * (to - from + 1));
    const wanted = { scans: [] as string[], typed: [] as string[] };
    const keys: WedgeKey[] = [];
    let at = 0;
    const person = (): void => {
      for (let count = between(0, 6); count > 0; count--) {
        // Two fingers overlap now and then, but never eight keys in a row.
        at += random() < 0.15 ? between(5, SCANNERS_SLOWEST_MS) : between(60, 400);
        const name = PERSONS_KEYS[between(0, PERSONS_KEYS.length - 1)] ?? '1';
        wanted.typed.push(name);
        keys.push(key(name, at));
      }
    };
    for (let scan = 0; scan < 20_000; scan++) {
      person();
      at += between(60, 900);
      const text = scanText(between, random);
      const suffix = [['Enter'], ['Tab'], ['Enter', 'Enter'], []][between(0, 3)] ?? [];
      const gapMax = [4, 12, 20, SCANNERS_SLOWEST_MS][between(0, 3)] ?? 12;
      for (const name of [...text, ...suffix]) {
        keys.push(key(name, at, random() < 0.3 && /\d/.test(name) ? { code: `Numpad${name}` } : {}));
        at += between(1, gapMax);
      }
      wanted.scans.push(text);
      at += suffix.length === 0 ? 101 : 51;
    }
    const { scans, typed } = play(keys);
    expect(scans.length).toBe(20_000);
    expect(scans).toEqual(wanted.scans);
    expect(typed).toEqual(wanted.typed);
  });
});

const SCANNERS_SLOWEST_MS = 50;
const PERSONS_KEYS = [...'0123456789.+', 'Enter', 'Escape', 'Backspace', 'F4'];

function scanText(between: (from: number, to: number) => number, random: () => number): string {
  const digits = (length: number) => Array.from({ length }, () => between(0, 9)).join('');
  if (random() < 0.7) return `1${between(0, 5)}${digits(16)}`;
  return [`28${digits(16)}`, digits(13), digits(8), `https://x.cn/${digits(6)}`][between(0, 3)] ?? '';
}

/** mulberry32: the same day on every run. */
function generator(seed: number): () => number {
  let a = seed;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
