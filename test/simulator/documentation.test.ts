import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { SIMULATOR_CALLS } from '../../src/contract/simulator-calls.ts';
import { SAMPLE_CODE } from '../../src/simulator/behaviour/codes.ts';
import { NAMED_FAULTS } from '../../src/simulator/behaviour/named-faults.ts';
import { SCENARIOS } from '../../src/simulator/behaviour/scenarios.ts';
import { HUMAN_DELAYS, SAMPLE_MERCHANT } from '../../src/simulator/options.ts';

const page = readFileSync(new URL('../../docs/simulator.md', import.meta.url), 'utf8');

describe('docs/simulator.md', () => {
  it('lists every scenario, in order, with its code and its ending', () => {
    const rows = [...page.matchAll(/^\| `1000(\d\d)…` +\| `([a-z-]+)` +\| .+ \| (\w+) +\|$/gm)];
    const listed = rows.map(([, number, id, outcome]) => ({ number, id, outcome }));
    expect(listed).toEqual(SCENARIOS.map(({ number, id, outcome }) => ({ number, id, outcome })));
  });

  it('names the code of each refusal', () => {
    for (const { number, behaviour } of SCENARIOS) {
      if (behaviour.customer.kind !== 'refused') continue;
      expect(page).toMatch(new RegExp(`^\\| .1000${number}….*${behaviour.customer.errCode}`, 'm'));
    }
  });

  it('lists every call of the trainer’s API with its fields, and every fault that has a name', () => {
    for (const [name, { shape }] of Object.entries(SIMULATOR_CALLS)) {
      const row = page.split('\n').find((line) => line.startsWith(`| \`${name}\` `));
      for (const field of Object.keys(shape)) expect(row, name).toMatch(new RegExp(`\\b${field}\\b`));
    }
    for (const { id } of NAMED_FAULTS) expect(page).toContain(`\`${id}\``);
  });

  it('gives the delays, the sample code and the sample merchant as they are', () => {
    for (const [name, ms] of Object.entries(HUMAN_DELAYS)) {
      expect(page).toContain(`\`${name}\` ${ms.toLocaleString('en-US')}`);
    }
    const { appId, mchId, apiKey } = SAMPLE_MERCHANT;
    for (const text of [SAMPLE_CODE, appId, mchId, apiKey.reveal()]) expect(page).toContain(`\`${text}\``);
  });
});
