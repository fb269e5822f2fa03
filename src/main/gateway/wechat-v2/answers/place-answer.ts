import type { OrderReason, PlaceAnswer, PlacedOrder } from '../../../../core/order-answer.ts';
import type { NewOrder } from '../../gateway.ts';
import { findRule } from '../errors/find-rule.ts';
import { PLACE_ERRORS, PLACE_INVALID_REQUESTS, PLACE_UNLISTED } from '../errors/place-errors.ts';
import type { Merchant } from '../merchant.ts';
import type { Fields } from '../wire/sign.ts';
import { distrust, missingIdentity } from './check-reply.ts';
import { reason } from './reason.ts';

const RULES = { table: PLACE_ERRORS, invalidRequests: PLACE_INVALID_REQUESTS, unlisted: PLACE_UNLISTED };

/** Who asked, and for which kind of order. The reply does not name its number. */
export interface ExpectedPlace extends Merchant {
  readonly tradeType: NewOrder['tradeType'];
}

/** The documents say 64 characters; a customer's phone has to read it as a QR code. */
const CODE_URL = /^[!-~]{1,512}$/;
const PREPAY_ID = /^[!-~]{1,64}$/;

/** What a reply of unifiedorder says. PLACED and REFUSED are signed and ours; whatever leaves a doubt is UNKNOWN. */
export function readPlaceAnswer(reply: Fields, expected: ExpectedPlace): PlaceAnswer {
  const distrusted = distrust(reply, expected);
  if (distrusted) return { verdict: 'UNKNOWN', reason: distrusted };
  if (reply.result_code === 'SUCCESS') {
    const read = readPlaced(reply, expected);
    return 'placed' in read ? { verdict: 'PLACED', ...read } : { verdict: 'UNKNOWN', ...read };
  }
  const { err_code: errCode = '', err_code_des: text = '' } = reply;
  const rule = findRule(RULES, errCode, text);
  const why = reason(rule.reason ?? 'UNLISTED', errCode, text, expected.apiKey);
  return { verdict: rule.does === 'refuse' ? 'REFUSED' : 'UNKNOWN', reason: why };
}

function readPlaced(
  reply: Fields,
  expected: ExpectedPlace,
): { readonly placed: PlacedOrder } | { readonly reason: OrderReason } {
  const { prepay_id: prepayId = '', code_url: codeUrl = '', trade_type: tradeType = '' } = reply;
  const missing = missingIdentity(reply, expected) ?? (tradeType === expected.tradeType ? undefined : 'trade_type');
  if (missing !== undefined) return { reason: { code: 'REPLY_MISMATCH', gatewayText: missing } };
  if (!PREPAY_ID.test(prepayId)) return { reason: { code: 'BAD_REPLY', gatewayText: 'prepay_id' } };
  if (expected.tradeType !== 'NATIVE') return { placed: { prepayId } };
  if (!CODE_URL.test(codeUrl)) return { reason: { code: 'BAD_REPLY', gatewayText: 'code_url' } };
  return { placed: { prepayId, codeUrl } };
}
