import { describe, expect, it } from 'vitest';
import { replayCommand, runCampaign } from './campaign.ts';
import { makeInput } from './play.ts';
import { SUBJECTS } from './subjects/index.ts';

const NAMES = Object.keys(SUBJECTS);
const PLANTED = new URL('./planted.ts', import.meta.url).href;

describe('everything that reads what others wrote', () => {
  it('reads a slice of the fuzz run without a finding (npm run fuzz has the rest)', async () => {
    const { inputs, findings } = await runCampaign({ names: NAMES, seed: 4, inputs: 600 });
    expect(findings.map((finding) => `${finding.problem}: ${replayCommand(finding)}`)).toEqual([]);
    expect(inputs).toBe(NAMES.length * 600);
  }, 240_000);
});

describe('a fuzz run', () => {
  it.each<[what: string, name: string, problem: RegExp, hangMs?: number]>([
    ['believes what it should not', 'credulous', /^believed it$/],
    ['throws', 'throwing', /^threw RangeError: out of range/],
    ['takes too long', 'slow', /^took \d{4} ms$/],
    ['holds too much outside of the heap', 'holding', /^held \d{8} bytes$/],
    ['never comes to an end', 'hanging', /^was not read after 1500 ms$/, 1_500],
    ['fills the heap', 'swelling', /^ended the process: .*memory/is],
    ['ends the process', 'ending', /^ended the process/],
  ])(
    'finds a reader that %s, says at which input, and goes on',
    async (_, name, problem, hangMs = 60_000) => {
      // Each third input is misread, in a new worker too: so the fourth is read well by whoever comes after.
      const { findings, inputs } = await runCampaign({
        names: [name],
        seed: 1,
        inputs: 4,
        module: PLANTED,
        hangMs,
      });
      expect(findings).toEqual([expect.objectContaining({ subject: name, seed: 1, number: 2 })]);
      expect(findings[0]?.problem).toMatch(problem);
      expect(inputs).toBe(4);
    },
    120_000,
  );

  it('ends when it has found enough to look into', async () => {
    const { findings } = await runCampaign({ names: ['credulous'], seed: 1, inputs: 10_000, module: PLANTED });
    expect(findings).toHaveLength(20);
  });

  it('finds nothing where nothing is wrong, and ends when its time is over', async () => {
    const { inputs, findings } = await runCampaign({ names: ['innocent'], seed: 1, seconds: 0.2, module: PLANTED });
    expect(findings).toEqual([]);
    expect(inputs).toBeGreaterThan(0);
  });

  it('names a command that makes the very same input again', async () => {
    expect(replayCommand({ subject: 'bills', seed: 7, number: 12 })).toBe(
      'npm run fuzz -- --subject bills --seed 7 --input 12',
    );
    for (const name of NAMES) {
      const [one, again] = await Promise.all([open(name), open(name)]);
      for (let number = 0; number < 20; number++) {
        const ref = { subject: name, seed: 7, number };
        expect(makeInput(one, ref).bytes.equals(makeInput(again, ref).bytes)).toBe(true);
      }
    }
  });
});

function open(name: string) {
  const subject = Object.entries(SUBJECTS).find(([known]) => known === name);
  if (!subject) throw new RangeError(name);
  return subject[1]();
}
