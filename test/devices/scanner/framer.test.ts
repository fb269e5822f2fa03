import { describe, expect, it } from 'vitest';
import { feed, openFrame, quietAt, SCAN_FRAMING, settle } from '../../../src/devices/scanner/framer.ts';

const CODE = '134567890123456789';
const OTHER = '101234567890123456';
const RULES = SCAN_FRAMING;
const LATER = 10_000;

/** What the framer makes of chunks that came at these times, and of silence until `until`. */
function scansOf(chunks: readonly (readonly [at: number, bytes: string])[], until = Number.MAX_SAFE_INTEGER): string[] {
  let frame = openFrame(0);
  const texts: string[] = [];
  for (const [at, bytes] of chunks) {
    const framed = feed(frame, Buffer.from(bytes, 'latin1'), at, RULES);
    frame = framed.frame;
    texts.push(...framed.texts);
  }
  return [...texts, ...settle(frame, until, RULES).texts];
}

describe('a code with a terminator', () => {
  it.each([
    ['CR', '\r'],
    ['LF', '\n'],
    ['CRLF', '\r\n'],
    ['TAB', '\t'],
    ['NUL', '\0'],
  ])('ends at %s, which is taken off', (_name, end) => {
    expect(scansOf([[LATER, CODE + end]], LATER)).toEqual([CODE]);
  });

  it('never passes the LF of a CRLF on to the next code', () => {
    expect(
      scansOf([
        [LATER, `${CODE}\r`],
        [LATER + 500, `\n${OTHER}\r`],
        [LATER + 1000, '\n'],
      ]),
    ).toEqual([CODE, OTHER]);
  });

  it('may come in pieces', () => {
    expect(
      scansOf([
        [LATER, CODE.slice(0, 3)],
        [LATER + 16, CODE.slice(3, 17)],
        [LATER + 32, CODE.slice(17)],
        [LATER + 48, '\r'],
      ]),
    ).toEqual([CODE]);
  });

  it('may come together with the next one', () => {
    expect(scansOf([[LATER, `${CODE}\r${OTHER}\r`]], LATER)).toEqual([CODE, OTHER]);
  });

  it('may come together with the beginning of the next one', () => {
    expect(
      scansOf([
        [LATER, `${CODE}\r${OTHER.slice(0, 5)}`],
        [LATER + 10, `${OTHER.slice(5)}\r`],
      ]),
    ).toEqual([CODE, OTHER]);
  });
});

describe('a code without a terminator', () => {
  it('has ended when the line has been quiet for the gap, and not before', () => {
    expect(scansOf([[LATER, CODE]], LATER + RULES.gapMs - 1)).toEqual([]);
    expect(scansOf([[LATER, CODE]], LATER + RULES.gapMs)).toEqual([CODE]);
  });

  it('counts the silence from its last byte', () => {
    const half = feed(openFrame(0), Buffer.from(CODE.slice(0, 9)), LATER, RULES).frame;
    const whole = feed(half, Buffer.from(CODE.slice(9)), LATER + 60, RULES).frame;
    expect(quietAt(whole, RULES)).toBe(LATER + 60 + RULES.gapMs);
  });

  it('is not waited for while nothing has come in', () => {
    expect(quietAt(openFrame(0), RULES)).toBeUndefined();
    expect(quietAt(feed(openFrame(0), Buffer.from(`${CODE}\r`), LATER, RULES).frame, RULES)).toBeUndefined();
  });

  it('is kept apart from the next one, even when nobody looked in between', () => {
    expect(
      scansOf([
        [LATER, CODE],
        [LATER + RULES.gapMs, OTHER],
      ]),
    ).toEqual([CODE, OTHER]);
  });

  it('becomes one long text with another that follows at once: nobody guesses where the first ends', () => {
    expect(
      scansOf([
        [LATER, CODE],
        [LATER + 10, OTHER],
      ]),
    ).toEqual([CODE + OTHER]);
  });
});

describe('what is not part of a code', () => {
  it('drops control bytes, but keeps the GS that separates the fields of a GS1 code', () => {
    expect(scansOf([[LATER, `\x02\x161345\x1d67\x7f\x03\r`]])).toEqual(['1345\x1d67']);
  });

  it('keeps a stray high byte as one character, so that the text is told for garbage', () => {
    expect(scansOf([[LATER, `\xff${CODE}\r`]])).toEqual([`ÿ${CODE}`]);
  });

  it('drops a few stray bytes that opening the port threw', () => {
    expect(scansOf([[20, '\xf0ab']])).toEqual([]);
  });

  it('but no scan that is made right after opening, with a terminator or without', () => {
    expect(scansOf([[0, `${CODE}\r`]])).toEqual([CODE]);
    expect(scansOf([[0, CODE]])).toEqual([CODE]);
    expect(scansOf([[0, '6\r']])).toEqual(['6']);
  });

  it('and no short text later on', () => {
    expect(scansOf([[RULES.noiseMs, 'abc']])).toEqual(['abc']);
  });
});

describe('a text that is too long', () => {
  const long = 'x'.repeat(RULES.lengthMax + 1);

  it('is taken up to the limit', () => {
    expect(scansOf([[LATER, `${long.slice(1)}\r`]])).toEqual([long.slice(1)]);
  });

  it('is dropped beyond it, to the last byte before the terminator', () => {
    expect(
      scansOf([
        [LATER, long],
        [LATER + 10, `${CODE}\r${OTHER}\r`],
      ]),
    ).toEqual([OTHER]);
  });

  it('is dropped up to a gap when no terminator comes', () => {
    expect(
      scansOf([
        [LATER, long],
        [LATER + 10, CODE],
        [LATER + 10 + RULES.gapMs, OTHER],
      ]),
    ).toEqual([OTHER]);
  });
});

it('forgets half a code when the port is opened anew', () => {
  const half = feed(openFrame(0), Buffer.from(CODE.slice(0, 9)), LATER, RULES);
  expect(half.texts).toEqual([]);
  const reopened = openFrame(LATER + 10);
  expect(feed(reopened, Buffer.from(`${OTHER}\r`), LATER + 20, RULES).texts).toEqual([OTHER]);
});
