import { type Scenario, scenarioByNumber } from './scenarios.ts';

/*
 * Which customer a payment code is. A scenario's codes are `1000SSdddddddddddd`: SS its number, then twelve digits
 * that make each code fresh. Every other WeChat code pays at once.
 */

/** Pays at once and is never used up: for a first try, for scripts, for a printed card. */
export const SAMPLE_CODE = '134567890123456789';

/** 18 digits beginning 10–15, as the gateway itself says it. */
export const WECHAT_CODE = /^1[0-5]\d{16}$/;

export function scenarioOfCode(code: string): Scenario | undefined {
  const number = /^1000(\d{2})\d{12}$/.exec(code)?.[1];
  return number === undefined ? undefined : scenarioByNumber(number);
}

/** A code that nobody has shown before, but for one chance in 10¹². */
export function freshCode(scenario: Scenario, random: () => number): string {
  let digits = '';
  while (digits.length < 12) digits += Math.floor(random() * 10);
  return `1000${scenario.number}${digits}`;
}
