import { describe, expect, it } from 'vitest';
import { EntryRefused, keepConnected, NotConnected, type Wire } from '../../../src/renderer/connection/connection.ts';

/** A host that answers as scripted: a wire that can be cut, or an error. */
function scriptedHost() {
  const dials: PromiseWithResolvers<Wire>[] = [];
  const sleeps: { ms: number; wake: () => void }[] = [];
  const dial = () => {
    const next = Promise.withResolvers<Wire>();
    dials.push(next);
    return next.promise;
  };
  const connection = keepConnected(dial, (ms) => new Promise((wake) => sleeps.push({ ms, wake })));
  const statuses: string[] = [];
  connection.state.subscribe(() => statuses.push(connection.state.get().status));
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  return {
    connection,
    statuses,
    sleeps,
    async answer(name: string) {
      const cut = Promise.withResolvers<void>();
      const link = { call: async (path: readonly string[]) => `${name} ${path.join('.')}` };
      dials.at(-1)?.resolve({ link, closed: cut.promise });
      await settle();
      return async () => {
        cut.resolve();
        await settle();
      };
    },
    async refuse(error: Error) {
      dials.at(-1)?.reject(error);
      await settle();
    },
    async wake() {
      sleeps.at(-1)?.wake();
      await settle();
    },
    call: () => connection.link.call(['till', 'next'], undefined, { context: {} }),
  };
}

describe('the connection to the terminal', () => {
  it('is one link, however often the wire behind it is replaced', async () => {
    const host = scriptedHost();
    const cut = await host.answer('first');
    expect(await host.call()).toBe('first till.next');
    await cut();
    await expect(host.call()).rejects.toBeInstanceOf(NotConnected);
    await host.wake();
    await host.answer('second');
    expect(await host.call()).toBe('second till.next');
    expect(host.statuses).toEqual(['online', 'lost', 'online']);
  });

  it('tries again sooner at first and every three seconds later, without end', async () => {
    const host = scriptedHost();
    for (let attempt = 0; attempt < 9; attempt++) {
      await host.refuse(new Error('nobody there'));
      await host.wake();
    }
    expect(host.sleeps.map(({ ms }) => ms)).toEqual([100, 200, 400, 800, 1500, 3000, 3000, 3000, 3000]);
  });

  it('begins anew with short waits once it has been online', async () => {
    const host = scriptedHost();
    for (let attempt = 0; attempt < 4; attempt++) {
      await host.refuse(new Error('nobody there'));
      await host.wake();
    }
    await (await host.answer('first'))();
    expect(host.sleeps.at(-1)?.ms).toBe(100);
  });

  it('stops when the host says that this window may not come in, and says so', async () => {
    const host = scriptedHost();
    await host.refuse(new EntryRefused({ zh: '链接已过期', en: 'The link is too old' }));
    expect(host.connection.state.get()).toEqual({
      status: 'refused',
      refusal: { zh: '链接已过期', en: 'The link is too old' },
    });
    expect(host.sleeps).toEqual([]);
  });

  it('says of a call that could not be made that no money moved', async () => {
    await expect(scriptedHost().call()).rejects.toThrow(/not sent and no money moved/);
  });
});
