import { inspect, parseArgs } from 'node:util';
import { replayCommand, runCampaign } from './campaign.ts';
import { type Finding, makeInput, play } from './play.ts';
import { SUBJECTS, type SubjectName } from './subjects/index.ts';

/*
 * npm run fuzz [-- --seconds N] [--seed S] [--subject NAME]: inputs to everything that reads what others wrote.
 * npm run fuzz -- --subject NAME --seed S --input I: one input again, shown in full.
 * The last line is one line of JSON; the exit status is 0 only if nothing was found.
 */

const NAMES = Object.keys(SUBJECTS);
const SHOWN_MAX_BYTES = 4_096;

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '60' },
    seed: { type: 'string' },
    subject: { type: 'string' },
    input: { type: 'string' },
  },
});
const seed = values.seed === undefined ? Math.floor(Math.random() * 2 ** 32) : wholeNumber('seed', values.seed);
const names = values.subject === undefined ? NAMES : [nameOf(values.subject)];

if (values.input === undefined) await fuzz();
else await replay(nameOf(values.subject ?? ''), wholeNumber('input', values.input));

async function fuzz(): Promise<void> {
  const begunAt = performance.now();
  const seconds = wholeNumber('seconds', values.seconds);
  const { inputs, findings } = await runCampaign({ names, seed, seconds, onFinding: report });
  const tookMs = performance.now() - begunAt;
  const inputsPerSecond = Math.round((inputs * 1_000) / tookMs);
  const line = { inputs, findings: findings.length, seed, subjects: names, inputsPerSecond };
  console.log(JSON.stringify({ ...line, seconds: Math.round(tookMs / 1_000) }));
  process.exitCode = findings.length > 0 ? 1 : 0;
}

async function replay(name: SubjectName, number: number): Promise<void> {
  const ref = { subject: name, seed, number };
  const subject = await SUBJECTS[name]();
  const { about, bytes } = makeInput(subject, ref);
  console.log(`${about}: ${bytes.length} bytes`);
  console.log(inspect(bytes.subarray(0, SHOWN_MAX_BYTES).toString('utf8')));
  const finding = await play(subject, ref);
  console.log(JSON.stringify({ inputs: 1, findings: finding ? 1 : 0, ...ref, problem: finding?.problem }));
  process.exitCode = finding ? 1 : 0;
}

function report(finding: Finding): void {
  console.log(`WRONG ${finding.about ?? finding.subject}: ${finding.problem.slice(0, 1_000)}`);
  console.log(`  again: ${replayCommand(finding)}`);
}

function nameOf(text: string): SubjectName {
  if (Object.hasOwn(SUBJECTS, text)) return text as SubjectName;
  throw new TypeError(`--subject is one of ${NAMES.join(', ')}, not ${text}`);
}

function wholeNumber(name: string, text: string): number {
  const value = Number(text);
  if (text === '' || !Number.isSafeInteger(value) || value < 0)
    throw new TypeError(`--${name} is not a number: ${text}`);
  return value;
}
