import type { ReasonCode } from '../../../../core/gateway-answer.ts';
import type { ErrorRule, ErrorTable, TextRule } from './error-rule.ts';

interface Rules<Does extends string, Code extends string> {
  readonly table: ErrorTable<Does, Code>;
  readonly invalidRequests: readonly TextRule<Does, Code>[];
  readonly unlisted: ErrorRule<Does, Code>;
}

/** The one rule for an error as the gateway gave it: by code, for INVALID_REQUEST also by text, else `unlisted`. */
export function findRule<Does extends string, Code extends string = ReasonCode>(
  rules: Rules<Does, Code>,
  errCode: string,
  text: string,
): ErrorRule<Does, Code> {
  if (errCode === 'INVALID_REQUEST') {
    const byText = rules.invalidRequests.find(({ pattern }) => pattern.test(text));
    if (byText) return byText.rule;
  }
  return rules.table.get(errCode) ?? rules.unlisted;
}
