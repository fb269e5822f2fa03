import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createWechatV2Gateway } from '../../../../src/main/gateway/wechat-v2/client.ts';
import { PATHS } from '../../../../src/main/gateway/wechat-v2/requests.ts';
import { SIDE_CALLS } from '../../../../src/main/gateway/wechat-v2/side-calls.ts';
import { memoryStore } from '../../../../src/simulator/ledger/event-file.ts';
import { createLedger } from '../../../../src/simulator/ledger/ledger.ts';
import { createService } from '../../../../src/simulator/service.ts';
import { MERCHANT } from './support/replies.ts';

const page = readFileSync(new URL('../../../../docs/wechat-pay.md', import.meta.url), 'utf8');
const ROWS = [...page.matchAll(/^\| `(\/[^`]+)` +\| ([^|]+?) +\| (yes|no) +\| (yes|no) +\| (yes|no) +\|/gm)].map(
  ([, path = '', methods = '', certificate = '', simulator = '']) => ({
    path,
    methods: [...methods.matchAll(/`([\w.]+)`/g)].map(([, method = '']) => method),
    certificate,
    simulator,
  }),
);

const NOW = Date.UTC(2026, 0, 2, 2);
const clock = { now: () => NOW, monotonicMs: () => NOW, sleep: () => Promise.resolve() };

describe('docs/wechat-pay.md', () => {
  it('has each path that the client calls, once', () => {
    const called = [...Object.values(PATHS), ...Object.values(SIDE_CALLS).map(({ path }) => path)];
    expect(ROWS.map(({ path }) => path).sort()).toEqual([...new Set(called)].sort());
  });

  it.each(ROWS)('names methods that the client has for $path', async ({ methods }) => {
    const gateway = createWechatV2Gateway({ ...MERCHANT, clock, random: (size) => new Uint8Array(size) });
    const parts = { ...gateway.payouts, ...gateway.coupons, ...gateway };
    expect(methods).not.toEqual([]);
    for (const method of methods) {
      expect(Object.entries(parts)).toContainEqual([method.replace(/^.*\./, ''), expect.any(Function)]);
    }
    await gateway.close();
  });

  it.each(ROWS)('says whether $path is answered by the simulator', ({ path, simulator }) => {
    const service = createService(createLedger(memoryStore()), { clock });
    const call = { method: 'POST', path, body: Buffer.from('<xml/>'), certified: true };
    const delivery = service.bill(call) ?? service.handle(call);
    expect('status' in delivery && delivery.status === 404 ? 'no' : 'yes').toBe(simulator);
  });

  it.each(ROWS)('says whether $path wants the certificate', ({ path, certificate }) => {
    const service = createService(createLedger(memoryStore()), { clock });
    const call = { method: 'POST', path, body: Buffer.from('<xml/>'), certified: false };
    const refused = JSON.stringify(service.bill(call)?.headers ?? service.handle(call)).includes('CERT_ERROR');
    expect(refused ? 'yes' : 'no').toBe(certificate);
    const side = Object.values(SIDE_CALLS).find((known) => known.path === path);
    if (side) expect(side.certified ? 'yes' : 'no').toBe(certificate);
  });
});
