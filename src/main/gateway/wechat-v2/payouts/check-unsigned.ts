import type { CallTrouble, Reason } from '../../../../core/gateway-answer.ts';
import type { Secret } from '../../../../core/secret.ts';
import { reasonOfReturnFail } from '../answers/check-reply.ts';
import { reason } from '../answers/reason.ts';
import { SAYS_CERTIFICATE } from '../errors/error-rule.ts';
import { type Fields, isSignedBy } from '../wire/sign.ts';

/** What a reply must say about itself, by the names that its call uses. */
export interface ExpectedSide {
  readonly apiKey: Secret;
  /** "mch_id", "wxappid", "partner_trade_no" …: none of them may have another value. */
  readonly identity: Fields;
}

/**
 * Whether a reply without a signature may be believed; undefined when it may. Payouts are answered unsigned, as
 * documented: what proves their sender is the TLS connection to the gateway's own name, which our transport insists on.
 * A signature that is there nevertheless has to be right, since a wrong one would mean that somebody changed something.
 *
 * return_code FAIL never says what became of the money: its words choose the reason only.
 */
export function distrustUnsigned(reply: Fields, expected: ExpectedSide): Reason<CallTrouble> | undefined {
  const { apiKey, identity } = expected;
  const { return_code: returnCode, return_msg: returnMsg = '', sign = '', result_code: resultCode } = reply;
  if (returnCode !== 'SUCCESS') {
    const why = reasonOfReturnFail(reply, apiKey);
    return SAYS_CERTIFICATE.test(returnMsg) ? { ...why, code: 'BAD_CERTIFICATE' } : why;
  }
  if (sign !== '' && !isSignedBy(reply, apiKey, 'MD5')) return { code: 'BAD_SIGNATURE' };
  const stranger = Object.keys(identity).find((name) => !!reply[name] && reply[name] !== identity[name]);
  if (stranger !== undefined) return { code: 'REPLY_MISMATCH', gatewayText: stranger };
  const known = resultCode === 'SUCCESS' || resultCode === 'FAIL';
  return known ? undefined : reason('BAD_REPLY', '', 'result_code', apiKey);
}
