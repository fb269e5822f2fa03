import type { Reason } from '../../../../core/gateway-answer.ts';
import type { Secret } from '../../../../core/secret.ts';

const WORDS_MAX = 128;
/** Payment codes have 16 to 24 digits; a gateway that quotes one back must not bring it into the journal. */
const LONG_DIGITS = /\d{15,}/;
const CODE = /^[A-Za-z0-9_.-]{1,32}$/;

/** A reason with the gateway's own code and words beside it, cleaned of anything secret and of any great length. */
export function reason<Code extends string>(
  code: Code,
  gatewayCode: string,
  gatewayText: string,
  apiKey: Secret,
): Reason<Code> {
  const text = cleanWords(gatewayText, apiKey);
  return {
    code,
    ...(CODE.test(gatewayCode) && !LONG_DIGITS.test(gatewayCode) ? { gatewayCode } : {}),
    ...(text === '' ? {} : { gatewayText: text }),
  };
}

function cleanWords(words: string, apiKey: Secret): string {
  return words
    .replaceAll(apiKey.reveal(), '[secret]')
    .replaceAll(new RegExp(LONG_DIGITS, 'g'), '[digits]')
    .replace(/\p{Cc}+/gu, ' ')
    .trim()
    .slice(0, WORDS_MAX)
    .toWellFormed();
}
