import type { ErrorRule, ErrorTable, TextRule } from './error-rule.ts';

interface Rules<Does extends string> {
  readonly table: ErrorTable<Does>;
  readonly invalidRequests: readonly TextRule<Does>[];
  readonly unlisted: ErrorRule<Does>;
}

/** The one rule for an error as the gateway gave it: by code, for INVALID_REQUEST also by text, else `unlisted`. */
export function findRule<Does extends string>(rules: Rules<Does>, errCode: string, text: string): ErrorRule<Does> {
  if (errCode === 'INVALID_REQUEST') {
    const byText = rules.invalidRequests.find(({ pattern }) => pattern.test(text));
    if (byText) return byText.rule;
  }
  return rules.table.get(errCode) ?? rules.unlisted;
}
