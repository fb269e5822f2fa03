import { describe, expect, it } from 'vitest';
import { createAnswerReader, offlineTrouble, paperTrouble } from '../../../src/devices/printer/printer-answers.ts';

function answersTo(...bytes: number[]) {
  return createAnswerReader()(Uint8Array.from(bytes));
}

describe('the answer to the marker', () => {
  it('is any byte without the fixed bits of the others', () => {
    expect(answersTo(0x00)).toEqual([{ to: 'marker', byte: 0x00 }]);
    expect(answersTo(0x60)).toMatchObject([{ to: 'marker' }]);
  });

  it('may say that the paper is nearly out, which is no trouble yet, or out', () => {
    expect(answersTo(0x03)).toEqual([{ to: 'marker', byte: 0x03 }]);
    expect(answersTo(0x0f)).toMatchObject([{ to: 'marker', trouble: { state: 'paper-out' } }]);
  });
});

describe('the answer to a real-time question', () => {
  it('is told by its fixed bits', () => {
    expect(answersTo(0x12)).toEqual([{ to: 'question', byte: 0x12 }]);
  });

  it.each([
    [0x12, undefined],
    [0x12 | 0x04, 'cover-open'],
    [0x12 | 0x20, 'paper-out'],
    [0x12 | 0x40, 'faulty'],
    [0x12 | 0x04 | 0x20, 'cover-open'],
  ])('off line because: %d → %s', (byte, state) => {
    expect(offlineTrouble(byte)?.state).toBe(state);
  });

  it.each([
    [0x12, undefined],
    [0x12 | 0x0c, undefined],
    [0x12 | 0x60, 'paper-out'],
  ])('paper: %d → %s', (byte, state) => {
    expect(paperTrouble(byte)?.state).toBe(state);
  });
});

describe('the automatic status', () => {
  it('is four bytes, none of which is an answer to us', () => {
    expect(answersTo(0x10, 0x00, 0x00, 0x00)).toEqual([{ to: 'nothing', byte: 0x00 }]);
  });

  it.each([
    ['the cover', [0x10 | 0x28, 0x00, 0x00, 0x00], 'cover-open'],
    ['the paper', [0x10 | 0x08, 0x00, 0x0c, 0x00], 'paper-out'],
    ['the cutter', [0x10 | 0x08, 0x08, 0x00, 0x00], 'faulty'],
  ])('tells of %s', (_part, bytes, state) => {
    expect(answersTo(...bytes)).toMatchObject([{ to: 'nothing', trouble: { state } }]);
  });

  it('may come in pieces, and with the answer to the marker behind it', () => {
    const read = createAnswerReader();
    expect(read(Uint8Array.of(0x10, 0x00))).toEqual([]);
    expect(read(Uint8Array.of(0x00, 0x00, 0x00))).toEqual([
      { to: 'nothing', byte: 0x00 },
      { to: 'marker', byte: 0x00 },
    ]);
  });

  it('does not swallow a real-time answer that falls into it', () => {
    expect(answersTo(0x10, 0x00, 0x12, 0x00, 0x00)).toEqual([
      { to: 'question', byte: 0x12 },
      { to: 'nothing', byte: 0x00 },
    ]);
  });
});

it('takes flow control for what it is', () => {
  expect(answersTo(0x11, 0x13)).toEqual([]);
});
