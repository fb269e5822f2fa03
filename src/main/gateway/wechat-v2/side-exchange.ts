import type { CallTrouble, Reason } from '../../../core/gateway-answer.ts';
import type { Secret } from '../../../core/secret.ts';
import type { Exchange } from './exchange.ts';
import { SIDE_CALLS, type SideCallName } from './side-calls.ts';
import { callTrouble } from './transport/call-trouble.ts';
import type { Transport } from './transport/transport.ts';
import { type Fields, sign } from './wire/sign.ts';
import { buildXml, parseXml } from './wire/xml.ts';

export interface SideExchangeParts {
  readonly apiKey: Secret;
  readonly transport: Transport;
  /** The key to encrypt for bank cards comes from a host of its own. */
  readonly riskTransport: Transport;
  readonly random: (size: number) => Uint8Array;
}

/** A reply as it came, for the one call whose answer is not flat. */
type RawExchange =
  | { readonly got: 'message'; readonly body: Uint8Array }
  | Extract<Exchange, { readonly got: 'nothing' }>;

/** Signs, sends and parses the calls of SIDE_CALLS. Never rejects and never repeats. */
export interface SideExchange {
  ask(call: SideCallName, fields: Fields, timeoutMs: number): Promise<Exchange>;
  askRaw(call: SideCallName, fields: Fields, timeoutMs: number): Promise<RawExchange>;
}

export function createSideExchange(parts: SideExchangeParts): SideExchange {
  const { apiKey, transport, riskTransport, random } = parts;

  async function askRaw(call: SideCallName, fields: Fields, timeoutMs: number): Promise<RawExchange> {
    const { path, certified, readOnly } = SIDE_CALLS[call];
    const carrier = call === 'bankKey' ? riskTransport : transport;
    const body = signedXml(fields, Buffer.from(random(16)).toString('hex'), apiKey);
    const outcome = await carrier.send({ call, path, body, timeoutMs, certified, readOnly });
    if (outcome.outcome === 'reply') return { got: 'message', body: outcome.body };
    const reason = { code: callTrouble(outcome, { certified, opens: !readOnly }), gatewayCode: outcome.detail };
    return { got: 'nothing', sent: outcome.outcome === 'unknown', reason };
  }

  return {
    askRaw,
    async ask(call, fields, timeoutMs) {
      const reply = await askRaw(call, fields, timeoutMs);
      if (reply.got === 'nothing') return reply;
      try {
        return { got: 'message', fields: parseXml(reply.body) };
      } catch {
        return { got: 'nothing', sent: true, reason: BAD_REPLY };
      }
    },
  };
}

export const BAD_REPLY: Reason<CallTrouble> = { code: 'BAD_REPLY' };

/** MD5 without saying so: these calls are older than sign_type, and know no other. */
function signedXml(fields: Fields, nonce: string, apiKey: Secret): string {
  const all = { ...fields, nonce_str: nonce };
  return buildXml({ ...all, sign: sign(all, apiKey, 'MD5') });
}
