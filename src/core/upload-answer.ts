/**
 * What became of one delivery. Whatever is no 2xx and no refusal is AGAIN: it may have arrived or not, and the key that
 * it carries lets it be sent again without harm.
 */
export type UploadAnswer =
  | { readonly verdict: 'DELIVERED'; readonly status: number }
  /** The back office does not want it as it is: a person has to look. */
  | { readonly verdict: 'REFUSED'; readonly status: number; readonly said?: string }
  /** `detail`: "HTTP 503", or a short code such as ECONNREFUSED. Never a message, which could quote anything. */
  | { readonly verdict: 'AGAIN'; readonly detail: string; readonly said?: string };

const SAID_MAX = 200;
const TIMEOUT = 408;
const TOO_MANY = 429;

/** @param body what the back office said, as far as it was read. */
export function judgeReply(status: number, body: string): UploadAnswer {
  if (status >= 200 && status < 300) return { verdict: 'DELIVERED', status };
  const words = wordsIn(body);
  const said = words === '' ? {} : { said: words };
  const isRefusal = status >= 400 && status < 500 && status !== TIMEOUT && status !== TOO_MANY;
  // A redirect is not followed: the report is for whom the settings name, and for nobody else.
  return isRefusal ? { verdict: 'REFUSED', status, ...said } : { verdict: 'AGAIN', detail: `HTTP ${status}`, ...said };
}

/** One line of readable text, short: the journal keeps it for ever. */
function wordsIn(body: string): string {
  const line = body
    .slice(0, SAID_MAX * 4)
    .replace(/[\p{C}\s]+/gu, ' ')
    .trim();
  return [...line].slice(0, SAID_MAX).join('');
}

/** What kept it from being delivered, in one line for a person. Undefined when nothing did. */
export function complaint(answer: UploadAnswer): string | undefined {
  if (answer.verdict === 'DELIVERED') return undefined;
  const what = answer.verdict === 'REFUSED' ? `HTTP ${answer.status}` : answer.detail;
  return answer.said === undefined ? what : `${what}: ${answer.said}`;
}
