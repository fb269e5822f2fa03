import type { Endpoint, Fault } from './behaviour.ts';
import { scenarioById } from './scenarios.ts';

/** The first rule whose `when` fits decides; plain data, so that it can come from a file. */
export type Rule = { readonly when: RuleCondition } & RuleDecision;

/** Either who the customer is, or what goes wrong with this one call. */
export type RuleDecision = { readonly scenario: string } | { readonly fault: Fault };

/** All of it must fit; what is left out fits always. */
export interface RuleCondition {
  /** Which call; `micropay` when left out. */
  readonly endpoint?: Endpoint;
  /** The order's amount in fen, or the range that holds it, both ends included. */
  readonly amountFen?: number | { readonly from?: number; readonly to?: number };
  /** How the payment code begins. Only a pay call carries one. */
  readonly codePrefix?: string;
  /** Only the nth call that fits the rest, counted from 1; or those from the nth to the mth. */
  readonly nth?: number | { readonly from?: number; readonly to?: number };
}

/** One call as a rule sees it. */
export interface CallFacts {
  readonly endpoint: Endpoint;
  /** Undefined when the call is about an order nobody knows. */
  readonly amountFen: number | undefined;
  readonly code: string | undefined;
}

export interface Rulebook {
  /** What the rules say of this call, which counts as made. */
  decide(call: CallFacts): RuleDecision | undefined;
}

/** @throws RangeError naming the first rule that could never work. */
export function createRulebook(rules: readonly Rule[]): Rulebook {
  rules.forEach(checkRule);
  const callsSeen = rules.map(() => 0);
  return {
    decide(call) {
      let decision: RuleDecision | undefined;
      rules.forEach((rule, index) => {
        if (!fits(rule.when, call)) return;
        const seen = (callsSeen[index] ?? 0) + 1;
        callsSeen[index] = seen;
        if (isWithin(rule.when.nth, seen)) decision ??= rule;
      });
      return decision;
    },
  };
}

function checkRule(rule: Rule, index: number): void {
  const { when } = rule;
  const endpoint = when.endpoint ?? 'micropay';
  const wrong = (why: string) => new RangeError(`Rule ${index + 1} of the simulator can never work: ${why}`);
  if ('scenario' in rule) {
    if (endpoint !== 'micropay') throw wrong('a scenario is chosen by the pay call');
    if (!scenarioById(rule.scenario)) throw wrong(`there is no scenario "${rule.scenario}"`);
    return;
  }
  if (when.codePrefix !== undefined && endpoint !== 'micropay') throw wrong('only a pay call carries a payment code');
  if (rule.fault.work === 'late' && endpoint !== 'micropay') throw wrong('only a pay call can arrive late');
}

function fits(when: RuleCondition, call: CallFacts): boolean {
  if ((when.endpoint ?? 'micropay') !== call.endpoint) return false;
  if (when.amountFen !== undefined && (call.amountFen === undefined || !isWithin(when.amountFen, call.amountFen))) {
    return false;
  }
  return when.codePrefix === undefined || call.code?.startsWith(when.codePrefix) === true;
}

function isWithin(range: RuleCondition['nth'], value: number): boolean {
  if (range === undefined) return true;
  if (typeof range === 'number') return value === range;
  return value >= (range.from ?? Number.NEGATIVE_INFINITY) && value <= (range.to ?? Number.POSITIVE_INFINITY);
}
