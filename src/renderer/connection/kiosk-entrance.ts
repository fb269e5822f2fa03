import { EntryRefused, type Refusal } from './connection.ts';

/** Kept for this window only: sessionStorage belongs to one origin, port included, unlike a cookie. */
const TOKEN_KEY = 'saoma.session';

const NO_LINK: Refusal = {
  zh: '这个窗口没有登录凭证，收款数据不受影响。请用扫码启动时给出的链接打开，或重新启动扫码。',
  en: 'This window has no pass; no payment is affected. Open the link that Saoma printed when it started, or start Saoma again.',
};

const SIGNED_OUT: Refusal = {
  zh: '这个窗口已退出。收银程序还在运行，会接着查清没有结清的收款。再进来：打开数据文件夹里 kiosk-url 文件中的新链接。',
  en: 'This window has signed out. The till keeps running and goes on resolving what is not settled. To come back, open the new link in the file kiosk-url in the data folder.',
};

export type Entrance = ReturnType<typeof createEntrance>;

/**
 * The renderer's half of the kiosk host's door (the other half and the whole protocol: src/main/kiosk/server.ts).
 * Takes the one-time ticket out of the address bar at once; `enter` swaps it, or the token of before a reload, for
 * a good session token.
 */
export function createEntrance(page: Pick<Window, 'location' | 'history' | 'sessionStorage' | 'fetch'>) {
  let ticket = takeTicket(page);
  let noKey = NO_LINK;
  return {
    /** @throws EntryRefused when the host says no. Other errors: the host cannot be reached. */
    async enter(): Promise<string> {
      const known = page.sessionStorage.getItem(TOKEN_KEY);
      const keys = [ticket && { ticket }, known && { token: known }].filter(isKey);
      let refusal = noKey;
      for (const key of keys) {
        const reply = await knock(page, key);
        if ('ticket' in key) ticket = undefined;
        if ('token' in reply) {
          page.sessionStorage.setItem(TOKEN_KEY, reply.token);
          return reply.token;
        }
        refusal = reply;
      }
      page.sessionStorage.removeItem(TOKEN_KEY);
      throw new EntryRefused(refusal);
    },

    /** @throws when the host did not confirm: the window is still signed in then. */
    async leave(): Promise<void> {
      const token = page.sessionStorage.getItem(TOKEN_KEY);
      if (token !== null) await signOut(page, token);
      page.sessionStorage.removeItem(TOKEN_KEY);
      noKey = SIGNED_OUT;
    },
  };
}

type Key = { readonly ticket: string } | { readonly token: string };

function isKey(key: Key | '' | null | undefined): key is Key {
  return typeof key === 'object' && key !== null;
}

function takeTicket({ location, history }: Pick<Window, 'location' | 'history'>): string | undefined {
  const url = new URL(location.href);
  const ticket = url.searchParams.get('ticket') ?? undefined;
  if (ticket !== undefined) {
    url.searchParams.delete('ticket');
    history.replaceState(null, '', url);
  }
  return ticket;
}

async function knock(page: Pick<Window, 'fetch'>, key: Key): Promise<{ token: string } | Refusal> {
  const response = await page.fetch('/session', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(key),
  });
  const body: unknown = await response.json();
  if (response.ok && hasText(body, 'token')) return { token: body.token };
  return hasText(body, 'zh') && hasText(body, 'en') ? { zh: body.zh, en: body.en } : NO_LINK;
}

async function signOut(page: Pick<Window, 'fetch'>, token: string): Promise<void> {
  const response = await page.fetch('/session', {
    method: 'DELETE',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ token }),
  });
  if (!response.ok) throw new Error(`The terminal did not confirm: ${response.status}`);
}

function hasText<K extends string>(value: unknown, key: K): value is Record<K, string> {
  return typeof value === 'object' && value !== null && typeof Reflect.get(value, key) === 'string';
}
