import { describe, expect, it } from 'vitest';
import { SCAN_FRAMING } from '../../../src/devices/scanner/framer.ts';
import { createRepeatFilter, createScanReader, type RepeatFilter } from '../../../src/devices/scanner/scan-reader.ts';
import { ManualClock } from '../../fixtures/clock.ts';

const CODE = '134567890123456789';
const OTHER = '101234567890123456';

describe('reading a line', () => {
  it('passes a code with a terminator on at once, and one without when the line has been quiet', async () => {
    const { clock, reader, scans } = aReader();
    reader.receive(Buffer.from(`${CODE}\r${OTHER}`));
    expect(scans).toEqual([CODE]);
    await clock.advance(SCAN_FRAMING.gapMs - 1);
    expect(scans).toEqual([CODE]);
    await clock.advance(1);
    expect(scans).toEqual([CODE, OTHER]);
  });

  it('waits for silence anew after each piece', async () => {
    const { clock, reader, scans } = aReader();
    for (const digit of CODE) {
      reader.receive(Buffer.from(digit));
      await clock.advance(SCAN_FRAMING.gapMs - 1);
    }
    expect(scans).toEqual([]);
    await clock.advance(1);
    expect(scans).toEqual([CODE]);
  });

  it('drops the noise that opening throws, without delaying or losing a scan', async () => {
    const { clock, reader, scans } = aReader();
    reader.receive(Buffer.from([0xf0, 0x02, 0xff]));
    await clock.advance(SCAN_FRAMING.gapMs);
    reader.receive(Buffer.from(`${CODE}\r`));
    expect(scans).toEqual([CODE]);
  });

  it('forgets what had come in when the line is gone', async () => {
    const { clock, reader, scans } = aReader();
    reader.receive(Buffer.from(CODE.slice(0, 9)));
    reader.end();
    reader.receive(Buffer.from(`${CODE.slice(9)}\r`));
    await clock.advance(10_000);
    expect(scans).toEqual([]);
  });
});

describe('the same code again', () => {
  it('is one scan for as long as the phone is held in view', async () => {
    const { clock, reader, scans } = aReader();
    for (let reading = 0; reading < 5; reading++) {
      reader.receive(Buffer.from(`${CODE}\r`));
      await clock.advance(1_400);
    }
    expect(scans).toEqual([CODE]);
  });

  it('is a new scan when it comes back later', async () => {
    const { clock, reader, scans } = aReader();
    reader.receive(Buffer.from(`${CODE}\r`));
    await clock.advance(1_500);
    reader.receive(Buffer.from(`${CODE}\r`));
    expect(scans).toEqual([CODE, CODE]);
  });

  it('is a new scan when another came in between', () => {
    const { reader, scans } = aReader();
    reader.receive(Buffer.from(`${CODE}\r${OTHER}\r${CODE}\r`));
    expect(scans).toEqual([CODE, OTHER, CODE]);
  });

  it('is remembered while the scanner is unplugged and plugged back in', async () => {
    const clock = new ManualClock();
    const isRepeat = createRepeatFilter();
    aReader(clock, isRepeat).reader.receive(Buffer.from(`${CODE}\r`));
    await clock.advance(700);
    const { reader, scans } = aReader(clock, isRepeat);
    reader.receive(Buffer.from(`${CODE}\r`));
    expect(scans).toEqual([]);
  });
});

function aReader(clock = new ManualClock(), isRepeat: RepeatFilter = createRepeatFilter()) {
  const scans: string[] = [];
  return { clock, scans, reader: createScanReader((text) => scans.push(text), isRepeat, clock) };
}
