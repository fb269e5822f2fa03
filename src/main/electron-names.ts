/** The page's origin in Electron. Storage is keyed to it: it stays as it is for ever. */
export const APP_SCHEME = 'app';
export const APP_HOST = 'saoma';
export const APP_URL = `${APP_SCHEME}://${APP_HOST}/`;

/**
 * The whole conversation between page, preload and main: the page asks for a port, main sends one. The page's half
 * is in src/renderer/connection/electron-dial.ts.
 */
export const PORT_ASK = 'saoma:port?';
export const PORT_ANSWER = 'saoma:port';

/** Is this one of our own pages? Node gives `app:` URLs no origin, so scheme and host are compared themselves. */
export function isOurPage(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, host } = new URL(url);
  return protocol === `${APP_SCHEME}:` && host === APP_HOST;
}
