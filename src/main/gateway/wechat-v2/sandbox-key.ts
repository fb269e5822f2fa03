import { Secret } from '../../../core/secret.ts';
import type { SandboxKeyAnswer } from '../payout-gateway.ts';
import { reasonOfReturnFail } from './answers/check-reply.ts';
import type { Merchant } from './merchant.ts';
import { BAD_REPLY, type SideExchange } from './side-exchange.ts';

/**
 * Exchanges the merchant's key for the one that WeChat Pay's own sandbox wants. Signed with the real key; the answer
 * is not signed, and the new key is a secret as the old one is.
 *
 * @see WeChat Pay API v2, sandbox (chapter 23_1)
 */
export async function askSandboxKey(
  { mchId, apiKey }: Merchant,
  exchange: SideExchange,
  timeoutMs: number,
): Promise<SandboxKeyAnswer> {
  const reply = await exchange.ask('sandboxKey', { mch_id: mchId }, timeoutMs);
  if (reply.got === 'nothing') return { verdict: 'UNKNOWN', reason: reply.reason };
  const { return_code: returnCode, sandbox_signkey: key = '', mch_id: forWhom = '' } = reply.fields;
  if (returnCode !== 'SUCCESS') return { verdict: 'UNKNOWN', reason: reasonOfReturnFail(reply.fields, apiKey) };
  if (forWhom !== '' && forWhom !== mchId) {
    return { verdict: 'UNKNOWN', reason: { code: 'REPLY_MISMATCH', gatewayText: 'mch_id' } };
  }
  return /^[0-9A-Za-z]{32}$/.test(key)
    ? { verdict: 'FOUND', key: new Secret(key) }
    : { verdict: 'UNKNOWN', reason: BAD_REPLY };
}
