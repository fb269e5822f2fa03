/*
 * Raw bytes → scan texts. Scanners end a code with CR, LF, CRLF, TAB or NUL, or with nothing but silence. Pure: the
 * caller says when each chunk came. Times in milliseconds of any one clock.
 */

export interface FramingRules {
  /** A code without a terminator has ended after this much silence. A USB bridge may hold bytes back for 16 ms. */
  readonly gapMs: number;
  /** More characters than this are not a code: all of it is dropped, up to the next terminator or gap. */
  readonly lengthMax: number;
  /** Opening a port can throw a few stray bytes: so soon after it, … */
  readonly noiseMs: number;
  /** … anything shorter than this that no terminator ends is noise. */
  readonly noiseLength: number;
}

export const SCAN_FRAMING: FramingRules = { gapMs: 80, lengthMax: 4096, noiseMs: 100, noiseLength: 8 };

/** What has come in of a code that has not ended yet. */
export interface Frame {
  readonly openedAt: number;
  readonly partial: string;
  readonly startedAt: number;
  readonly lastByteAt: number;
  readonly overflowed: boolean;
}

export interface Framed {
  readonly frame: Frame;
  /** Whole scans in the order they were made, without terminators, never empty. */
  readonly texts: readonly string[];
}

/** The port has just been opened. Half a code from before it was closed must never be glued to the next: start here. */
export function openFrame(at: number): Frame {
  return { openedAt: at, partial: '', startedAt: at, lastByteAt: at, overflowed: false };
}

/** Takes one chunk as it was read: part of a code, or several codes at once. */
export function feed(frame: Frame, chunk: Uint8Array, at: number, rules: FramingRules): Framed {
  const settled = settle(frame, at, rules);
  const texts = [...settled.texts];
  let { partial, startedAt, overflowed } = settled.frame;
  for (const byte of chunk) {
    if (isTerminator(byte)) {
      if (partial !== '') texts.push(partial);
      partial = '';
      overflowed = false;
    } else if (isText(byte) && !overflowed) {
      if (partial === '') startedAt = at;
      partial += String.fromCharCode(byte);
      overflowed = partial.length > rules.lengthMax;
      if (overflowed) partial = '';
    }
  }
  return { frame: { openedAt: frame.openedAt, partial, startedAt, lastByteAt: at, overflowed }, texts };
}

/** Ends the code that silence has ended by now, if there is one. */
export function settle(frame: Frame, at: number, rules: FramingRules): Framed {
  const due = quietAt(frame, rules);
  if (due === undefined || at < due) return { frame, texts: [] };
  const ended = { ...frame, partial: '', overflowed: false };
  return { frame: ended, texts: frame.partial === '' || isNoise(frame, rules) ? [] : [frame.partial] };
}

/** When silence will have ended the code that is coming in; undefined while none is. */
export function quietAt(frame: Frame, rules: FramingRules): number | undefined {
  return frame.partial === '' && !frame.overflowed ? undefined : frame.lastByteAt + rules.gapMs;
}

function isNoise(frame: Frame, rules: FramingRules): boolean {
  return frame.startedAt - frame.openedAt < rules.noiseMs && frame.partial.length < rules.noiseLength;
}

function isTerminator(byte: number): boolean {
  return byte === 0x0d || byte === 0x0a || byte === 0x09 || byte === 0x00;
}

/** Latin-1, so that a stray byte stays one character. GS separates the fields of a GS1 code and belongs to it. */
function isText(byte: number): boolean {
  return (byte >= 0x20 && byte !== 0x7f) || byte === 0x1d;
}
