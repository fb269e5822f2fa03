import { describe, expect, it } from 'vitest';
import { serialNumberOf } from '../../../src/simulator/certificates/mint.ts';

describe('a serial number', () => {
  it.each([
    [Buffer.from([0x00, 0x00, 0x11]), '400011'],
    [Buffer.from([0x80, 0x00, 0x11]), '400011'],
    [Buffer.from([0xff, 0xff, 0xff]), '7fffff'],
  ])('has no leading zero and no sign, whatever the dice say', (random, hex) => {
    expect(serialNumberOf(random)).toBe(hex);
  });
});
