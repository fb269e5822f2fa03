import { describe, expect, it } from 'vitest';
import { readScan } from '../../../src/core/payment-code.ts';
import { seededRandom } from '../../../src/core/random.ts';
import { freshCode, SAMPLE_CODE, scenarioOfCode } from '../../../src/simulator/behaviour/codes.ts';
import { SCENARIOS } from '../../../src/simulator/behaviour/scenarios.ts';

describe('a scenario code', () => {
  it.each(SCENARIOS)('of "$id" is a WeChat payment code, and leads back to it', (scenario) => {
    const code = freshCode(scenario, seededRandom(1));
    expect(readScan(code).kind).toBe('wechat');
    expect(scenarioOfCode(code)?.id).toBe(scenario.id);
    expect(code.slice(0, 6)).toBe(`1000${scenario.number}`);
  });

  it('is fresh each time', () => {
    const [scenario] = SCENARIOS;
    if (!scenario) throw new Error('There are no scenarios');
    const random = seededRandom(1);
    const codes = Array.from({ length: 1_000 }, () => freshCode(scenario, random));
    expect(new Set(codes).size).toBe(1_000);
  });
});

describe('any other code', () => {
  it.each([SAMPLE_CODE, '120061098828009406', '100099000000000001'])('is of no scenario (%s)', (code) => {
    expect(scenarioOfCode(code)).toBeUndefined();
  });
});
