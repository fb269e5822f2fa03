import { request as httpRequest } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { SimulatorView } from '../../../src/contract/simulator-view.ts';
import { type ControlServer, serveSimulatorControl } from '../../../src/main/simulator-control/control-server.ts';
import { SAMPLE_MERCHANT } from '../../../src/simulator/options.ts';
import { type Simulator, startSimulator } from '../../../src/simulator/simulator.ts';
import { tenpayAt } from '../../simulator/support/published-clients.ts';

/* A real simulator behind a real door; payments come from `tenpay`, as published, while the trainer plays. */

let simulator: Simulator;
let server: ControlServer;
let orders = 0;

beforeAll(async () => {
  simulator = await startSimulator({ plainPort: 0, delays: { walkAwayMs: 600_000, reverseNotBeforeMs: 0 } });
  // No page is needed here: there is a browser for that in test/e2e.
  server = await serveSimulatorControl({ simulator, merchant: SAMPLE_MERCHANT, rendererDir: '/nowhere', port: 0 });
});
afterAll(async () => {
  await server.close();
  await simulator.close();
});

let outTradeNo: string;
beforeEach(() => {
  orders += 1;
  outTradeNo = `CONTROL-${String(orders).padStart(4, '0')}`;
});

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly text: string;
}

interface Asking {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Not `fetch`, which would not let a test lie about Host and Origin. */
function ask(path: string, { method = 'GET', headers = {}, body }: Asking = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const options = { host: '127.0.0.1', port: server.port, path, method, headers, agent: false };
    const request = httpRequest(options, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (more: string) => {
        text += more;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }));
    });
    request.on('error', reject);
    request.end(body);
  });
}

const JSON_TYPE = { 'content-type': 'application/json' };
const asScript = () => ({ ...JSON_TYPE, authorization: `Bearer ${server.token}` });

async function call<T>(name: string, body: unknown, headers: Record<string, string> = asScript()) {
  const { status, text } = await ask(`/api/${name}`, { method: 'POST', headers, body: JSON.stringify(body) });
  return { status, body: JSON.parse(text) as T };
}

async function view(): Promise<SimulatorView> {
  const { status, text } = await ask('/api/view');
  expect(status).toBe(200);
  return JSON.parse(text);
}

async function openWallet(balanceFen: number): Promise<string> {
  const { body } = await call<{ openid: string }>('open-wallet', { name: `C${balanceFen}`, balanceFen });
  return body.openid;
}

async function freshCode(scenario: string, openid?: string): Promise<string> {
  const { body } = await call<{ code: string }>('show-code', { scenario, ...(openid ? { openid } : {}) });
  return body.code;
}

const tenpay = () => tenpayAt(simulator, `http://127.0.0.1:${simulator.plainPort}`);
const orderInView = async () => (await view()).orders.find((order) => order.outTradeNo === outTradeNo);

describe('the trainer, while tenpay is the till', () => {
  it('watches a wallet pay, and books that balance', async () => {
    const openid = await openWallet(2_000);
    const auth_code = await freshCode('pays', openid);
    await tenpay().micropay({ out_trade_no: outTradeNo, auth_code, body: '苹果', total_fee: 888 });
    const { customers, books, orders: shown } = await view();
    expect(customers.find((customer) => customer.openid === openid)).toMatchObject({ balanceFen: 1_112, paidFen: 888 });
    expect(shown[0]).toMatchObject({ outTradeNo, state: 'SUCCESS', payer: 'C2000', amountFen: 888, body: '苹果' });
    expect(books.netOfCustomersFen).toBe(books.netFen);
  });

  it('has a payment refused for want of money, and sees why', async () => {
    const auth_code = await freshCode('pays', await openWallet(5));
    const order = { out_trade_no: outTradeNo, auth_code, body: 'x', total_fee: 6 };
    await expect(tenpay().micropay(order)).rejects.toThrow('NOTENOUGH');
    expect(await orderInView()).toMatchObject({ state: 'NOTPAY', failedWith: 'NOTENOUGH', atPasswordBox: null });
  });

  it.each([
    ['pays', 'SUCCESS'],
    ['cancels', 'NOTPAY'],
  ])('%s at the password box', async (mind, trade_state) => {
    const auth_code = await freshCode('walks-away');
    const order = { out_trade_no: outTradeNo, auth_code, body: 'x', total_fee: 6 };
    await expect(tenpay().micropay(order)).rejects.toThrow('USERPAYING');
    expect(await orderInView()).toMatchObject({ state: 'USERPAYING', atPasswordBox: { act: 'leaves' } });
    await call('tell-customer', { outTradeNo, mind });
    expect(await tenpay().orderQuery({ out_trade_no: outTradeNo })).toMatchObject({ trade_state });
  });

  it('types the password late, which the page says beforehand', async () => {
    const auth_code = await freshCode('walks-away');
    const order = { out_trade_no: outTradeNo, auth_code, body: 'x', total_fee: 6 };
    await expect(tenpay().micropay(order)).rejects.toThrow('USERPAYING');
    const told = await call<{ atPasswordBox: { at: number } }>('tell-customer', { outTradeNo, mind: 'pays-late' });
    const { now } = await view();
    expect(told.body.atPasswordBox).toMatchObject({ act: 'pays' });
    expect(Math.abs(told.body.atPasswordBox.at - now - 50_000)).toBeLessThan(30_000);
    expect(await tenpay().orderQuery({ out_trade_no: outTradeNo })).toMatchObject({ trade_state: 'USERPAYING' });
  });

  it('scans an order that was placed, with a wallet', async () => {
    const openid = await openWallet(2_000);
    const order = { out_trade_no: outTradeNo, body: 'x', total_fee: 888, product_id: 'p', trade_type: 'NATIVE' };
    await tenpay().unifiedOrder({ ...order, notify_url: 'http://127.0.0.1:9/' });
    expect((await orderInView())?.payableUntil).toBeGreaterThan(0);
    const { body } = await call('come-to-pay', { outTradeNo, scenario: 'pays', openid });
    expect(body).toMatchObject({ outTradeNo, state: 'SUCCESS', payableUntil: null });
    expect(await tenpay().orderQuery({ out_trade_no: outTradeNo })).toMatchObject({ trade_state: 'SUCCESS', openid });
  });

  it('breaks the next call, sees that it struck, and nothing after it', async () => {
    const on = await call<{ id: number }>('switch-fault-on', {
      endpoint: 'orderquery',
      fault: 'system-error',
      when: { kind: 'every', calls: 1 },
    });
    await expect(tenpay().orderQuery({ out_trade_no: outTradeNo })).rejects.toThrow('SYSTEMERROR');
    expect((await view()).faults.switched).toMatchObject([{ id: on.body.id, struck: 1 }]);
    expect(await call('switch-fault-off', { id: on.body.id })).toEqual({ status: 200, body: {} });
    await expect(tenpay().orderQuery({ out_trade_no: outTradeNo })).rejects.toThrow('ORDERNOTEXIST');
  });

  it('throws faults by a seed and ends them', async () => {
    await call('set-fault-plan', { plan: { seed: 3, rate: 1 } });
    expect((await view()).faults.plan).toEqual({ seed: 3, rate: 1, customers: 0 });
    await call('set-fault-plan', { plan: null });
    expect((await view()).faults.plan).toBeNull();
  });

  it('is shown a code and its two pictures', async () => {
    const { body } = await call<Record<string, string>>('show-code', { scenario: 'pays' });
    expect(body.code).toMatch(/^100000\d{12}$/);
    for (const svg of [body.barcodeSvg, body.qrSvg]) expect(svg).toMatch(/^<svg .*<\/svg>\s*$/s);
  });
});

describe('the door', () => {
  const post = (headers: Record<string, string>, body = '{"plan":null}') =>
    ask('/api/set-fault-plan', { method: 'POST', headers, body });
  const own = () => ({ ...JSON_TYPE, origin: `http://127.0.0.1:${server.port}` });

  it('opens to its own page without a token', async () => {
    expect(await post({ ...own(), 'sec-fetch-site': 'same-origin' })).toMatchObject({ status: 200 });
  });

  it.each([
    ['a script without the token', {}],
    ['a script with another token', { authorization: 'Bearer 0123456789' }],
    ['a page of another site', { origin: 'https://evil.example' }],
    ['a page of another port', { origin: 'http://127.0.0.1:1' }],
    ['a page that hides its origin', { origin: 'null' }],
  ])('is closed to %s', async (_, headers) => {
    expect(await post({ ...JSON_TYPE, ...headers })).toMatchObject({ status: 403 });
  });

  it('is closed to another name for this machine, whatever else is right', async () => {
    const rebound = { host: `evil.example:${server.port}` };
    expect(await post({ ...asScript(), ...rebound })).toMatchObject({ status: 421 });
    expect(await ask('/api/view', { headers: rebound })).toMatchObject({ status: 421 });
    expect(await ask('/', { headers: rebound })).toMatchObject({ status: 421 });
  });

  it('lets no other site read, and never says that one may', async () => {
    const answer = await ask('/api/view', { headers: { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'cors' } });
    expect(answer.status).toBe(403);
    const allowed = await ask('/api/view', { headers: { origin: 'https://evil.example' } });
    expect(allowed.headers).not.toHaveProperty('access-control-allow-origin');
    expect(await ask('/api/set-fault-plan', { method: 'OPTIONS', headers: own() })).toMatchObject({ status: 405 });
  });

  it('says by its headers that a page may run no script but its own', async () => {
    const { headers } = await ask('/api/view');
    expect(headers).toMatchObject({
      'content-security-policy': expect.stringContaining("script-src 'self'"),
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    });
  });

  it.each([
    ['no JSON', '{'],
    ['nothing', ''],
    ['another shape', '{"plan":{"seed":1}}'],
    ['a surplus field', '{"plan":null,"more":1}'],
    ['a share above one', '{"plan":{"seed":1,"rate":1.1}}'],
    ['far too much', `{"plan":null,"more":"${'x'.repeat(5_000)}"}`],
  ])('refuses %s, and changes nothing', async (_, body) => {
    await call('set-fault-plan', { plan: { seed: 9, rate: 0 } });
    const answer = await post(asScript(), body);
    expect(answer.status).toBe(400);
    expect(JSON.parse(answer.text)).toMatchObject({ code: 'BAD_REQUEST', zh: expect.any(String) });
    expect((await view()).faults.plan).toMatchObject({ seed: 9 });
    await call('set-fault-plan', { plan: null });
  });

  it('refuses what is not called JSON, as a form of another site could send it', async () => {
    expect(await post({ ...asScript(), 'content-type': 'text/plain' })).toMatchObject({ status: 400 });
  });

  it.each([
    ['open-wallet', { name: 'x', balanceFen: -1 }],
    ['open-wallet', { name: ' ', balanceFen: 1 }],
    ['open-wallet', { name: 'x', balanceFen: 0.5 }],
    ['top-up', { openid: 'x', amountFen: 100_000_001 }],
    ['tell-customer', { outTradeNo: 'x', mind: 'dances' }],
    ['switch-fault-on', { endpoint: 'micropay', fault: 'slow', when: { kind: 'every', calls: 0 } }],
  ])('refuses %s with %o', async (name, body) => {
    expect(await call(name, body)).toMatchObject({ status: 400, body: { code: 'BAD_REQUEST' } });
  });

  it('says in both languages why a wish is not granted', async () => {
    expect(await call('tell-customer', { outTradeNo, mind: 'pays' })).toEqual({
      status: 409,
      body: { code: 'NO_SUCH_ORDER', zh: '没有这笔订单。', en: 'There is no such order.' },
    });
  });

  it('knows no other calls, not even those that every object has', async () => {
    for (const path of ['/api/toString', '/api/__proto__', '/api/', '/api/nothing']) {
      expect(await ask(path), path).toMatchObject({ status: 404 });
    }
    expect(await ask('/api/top-up', { headers: own() })).toMatchObject({ status: 405 });
    expect(await ask('/api/view', { method: 'POST', headers: own() })).toMatchObject({ status: 405 });
  });

  it('tells nobody a payment code, or the hash of one', async () => {
    const code = await freshCode('pays', await openWallet(10));
    const { text } = await ask('/api/view');
    expect(text).not.toContain(code);
    expect(text).not.toMatch(/codeHash|requestHash/);
  });

  it('cannot be opened twice on one port', async () => {
    const again = serveSimulatorControl({
      simulator,
      merchant: SAMPLE_MERCHANT,
      rendererDir: '/nowhere',
      port: server.port,
    });
    await expect(again).rejects.toMatchObject({ code: 'PORT_BUSY' });
  });
});
