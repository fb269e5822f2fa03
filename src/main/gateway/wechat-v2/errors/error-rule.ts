import type { ReasonCode } from '../../../../core/gateway-answer.ts';

/** What one err_code of one endpoint means and what follows from it. */
export interface ErrorRule<Does extends string, Code extends string = ReasonCode> {
  /** not-moved: this call moved no money, neither in nor back. unknown: it may have. */
  readonly money: 'not-moved' | 'unknown';
  /** What is told: core/advice.ts and core/refund-advice.ts have the words. Absent where the code tells nothing new. */
  readonly reason?: Code;
  readonly does: Does;
  /** For whoever maintains the table. */
  readonly note: string;
}

export type ErrorTable<Does extends string, Code extends string = ReasonCode> = ReadonlyMap<
  string,
  ErrorRule<Does, Code>
>;

/** err_code INVALID_REQUEST says four different things; which of them is only in its text. */
export interface TextRule<Does extends string, Code extends string = ReasonCode> {
  readonly pattern: RegExp;
  readonly rule: ErrorRule<Does, Code>;
}

/**
 * Refused for how the request was made, before any order was looked at: our program or its settings are at fault.
 * Every endpoint has them.
 *
 * @see WeChat Pay API v2, the error codes of every call
 */
const INTEGRATION_ERRORS: Readonly<Record<string, string>> = {
  PARAM_ERROR: 'a parameter is wrong',
  LACK_PARAMS: 'a required parameter is missing',
  SIGNERROR: 'the request’s signature is wrong',
  XML_FORMAT_ERROR: 'the request is not well-formed XML',
  NOT_UTF8: 'the request is not UTF-8',
  REQUIRE_POST_METHOD: 'not sent by POST',
  POST_DATA_EMPTY: 'the request has no body',
  APPID_NOT_EXIST: 'no such appid',
  MCHID_NOT_EXIST: 'no such mch_id',
  APPID_MCHID_NOT_MATCH: 'appid and mch_id are not bound to each other',
};

/** The family above as table entries, all with the same consequence. */
export function integrationErrors<Does extends string>(
  money: ErrorRule<Does>['money'],
  does: Does,
): [string, ErrorRule<Does, 'BAD_CONFIG'>][] {
  return Object.entries(INTEGRATION_ERRORS).map(([code, note]) => [code, { money, reason: 'BAD_CONFIG', does, note }]);
}

export const SAYS_NUMBER_USED = /订单号重复|^\s*201\b/;
export const SAYS_TOO_FAST = /频率|频繁|过快|frequen|too (many|fast|often)|limit/i;
export const SAYS_CERTIFICATE = /证书|\bcert/i;
export const SAYS_PERMISSION = /权限|未开通|permission|no ?auth/i;
