import type { IncomingHttpHeaders } from 'node:http';

/** Why a request is turned away, as an HTTP status with its words. */
export interface Refusal {
  readonly status: 403 | 421;
  readonly text: string;
}

/** `page`: reads a file of the renderer. `call`: does something, so it must come from our own page. */
export type Errand = 'page' | 'call';

/**
 * Who may speak to the kiosk host at all. Any page of any browser on the machine can reach 127.0.0.1, so being local
 * proves nothing: an exact Host ends DNS rebinding, and an exact Origin ends requests and WebSockets made by other
 * sites, other ports of 127.0.0.1 included. A ticket or a session is asked for on top of this.
 */
export function refusalOf(headers: IncomingHttpHeaders, port: number, errand: Errand): Refusal | undefined {
  const host = headers.host;
  if (host !== `127.0.0.1:${port}` && host !== `localhost:${port}`) {
    return { status: 421, text: 'This server answers only to 127.0.0.1.' };
  }
  if (errand === 'call' && headers.origin !== `http://${host}`) {
    return { status: 403, text: 'Only the page of this very server may ask for this.' };
  }
  return comesFromHere(headers, errand) ? undefined : { status: 403, text: 'Another site may not read from here.' };
}

/** Browsers say where a request comes from. A link may lead here from anywhere; nothing else may. */
function comesFromHere(headers: IncomingHttpHeaders, errand: Errand): boolean {
  const site = headers['sec-fetch-site'];
  if (site === undefined || site === 'same-origin') return true;
  if (errand === 'call') return false;
  const isNavigation = headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document';
  return site === 'none' || isNavigation;
}
