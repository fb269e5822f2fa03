import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { wordsOf } from '../../core/caught.ts';
import { ENDPOINT_NAMES } from '../../simulator/behaviour/endpoint-names.ts';
import type { Rule } from '../../simulator/behaviour/rules.ts';
import { Trouble } from '../trouble.ts';

const Range = z.int().or(z.strictObject({ from: z.int().exactOptional(), to: z.int().exactOptional() }));
const BareReply = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('error'), errCode: z.string() }),
  z.strictObject({ kind: z.literal('return-fail'), returnMsg: z.string() }),
  z.strictObject({ kind: z.literal(['recall', 'lost']) }),
  z.strictObject({ kind: z.literal('http'), status: z.int().min(400).max(599) }),
]);
const DeformedReply = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('slow'), delayMs: z.int().exactOptional() }),
  z.strictObject({ kind: z.literal(['garbled', 'bad-sign', 'unsigned', 'wrong-amount']) }),
]);
const Fault = z.discriminatedUnion('work', [
  z.strictObject({ work: z.literal('done'), reply: BareReply.or(DeformedReply) }),
  z.strictObject({ work: z.literal('skipped'), reply: BareReply }),
  z.strictObject({ work: z.literal('late') }),
]);
const When = z.strictObject({
  endpoint: z.enum(ENDPOINT_NAMES).exactOptional(),
  amountFen: Range.exactOptional(),
  codePrefix: z.string().exactOptional(),
  nth: Range.exactOptional(),
});
const RuleSchema = z.union([
  z.strictObject({ when: When, scenario: z.string() }),
  z.strictObject({ when: When, fault: Fault }),
]) satisfies z.ZodType<Rule>;

/**
 * Rules for the simulator from a JSON file, as docs/simulator.md describes them.
 *
 * @throws Trouble CONFIG_UNREADABLE or CONFIG_INVALID, saying where.
 */
export function readRules(path: string): readonly Rule[] {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new Trouble('CONFIG_UNREADABLE', wordsOf(error));
  }
  const parsed = z.array(RuleSchema).safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new Trouble('CONFIG_INVALID', `${path}: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
