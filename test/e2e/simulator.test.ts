import { readFileSync, writeFileSync } from 'node:fs';
import { request as httpsRequest } from 'node:https';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { billDayOf } from '../../src/core/bill-day.ts';
import { Secret } from '../../src/core/secret.ts';
import { sign } from '../../src/main/gateway/wechat-v2/wire/sign.ts';
import { buildXml, parseXml } from '../../src/main/gateway/wechat-v2/wire/xml.ts';
import { temporaryFolder } from '../fixtures/ledger.ts';
import { startSaoma } from '../fixtures/saoma-process.ts';

const KEY = '0123456789abcdef0123456789abcdef';
const MERCHANT = { appid: 'wxtest', mch_id: '190' };

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.remove());

/** A call as anybody's client would make it, over the plain port. */
async function call(port: number, path: string, fields: Record<string, string>): Promise<string> {
  const whole = { ...MERCHANT, nonce_str: 'n', ...fields };
  const body = buildXml({ ...whole, sign: sign(whole, new Secret(KEY), 'MD5') });
  const response = await fetch(`http://127.0.0.1:${port}${path}`, { method: 'POST', body });
  return response.text();
}

/** Over TLS, with what a merchant finds in the folder of certificates: its own in PKCS#12, and the CA to trust. */
function certifiedCall(port: number, certDir: string, outTradeNo: string): Promise<string> {
  const whole = { ...MERCHANT, nonce_str: 'n', out_trade_no: outTradeNo };
  const pfx = readFileSync(join(certDir, 'apiclient_cert.p12'));
  const tls = { ca: readFileSync(join(certDir, 'ca.pem')), pfx, passphrase: MERCHANT.mch_id };
  return new Promise((resolve, reject) => {
    const options = { host: '127.0.0.1', port, path: '/secapi/pay/reverse', method: 'POST', agent: false, ...tls };
    const request = httpsRequest(options, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (more: string) => {
        text += more;
      });
      response.on('end', () => resolve(text));
    });
    request.on('error', reject);
    request.end(buildXml({ ...whole, sign: sign(whole, new Secret(KEY), 'MD5') }));
  });
}

async function pay(port: number, fields: Record<string, string>): Promise<Readonly<Record<string, string>>> {
  const order = { body: 'x', spbill_create_ip: '127.0.0.1', ...fields };
  return parseXml(await call(port, '/pay/micropay', order));
}

function start(...more: string[]) {
  const merchant = ['--key', KEY, '--appid', MERCHANT.appid, '--mch-id', MERCHANT.mch_id];
  return startSaoma(['simulator', '--plain-port', '0', ...merchant, ...more]);
}

describe('saoma simulator', () => {
  it('says where it is in one JSON line, and is the merchant it was told to be', async () => {
    const certDir = join(folder.path, 'certificates');
    await using saoma = await start('--cert-dir', certDir);
    const ready = await saoma.event(({ event }) => event === 'ready');
    expect(ready).toMatchObject({ url: `https://127.0.0.1:${ready.port}`, certDir });
    const order = { out_trade_no: 'T20260102000001', total_fee: '888', auth_code: '134567890123456789' };
    expect(await pay(Number(ready.plainPort), order)).toMatchObject({ result_code: 'SUCCESS', total_fee: '888' });
    await saoma.kill('SIGTERM');
    expect(await saoma.exited).toBe(0);
  });

  it('comes back on the same ports with the same ledger, certificates and customers', async () => {
    const certDir = join(folder.path, 'certificates');
    const kept = ['--data', join(folder.path, 'books'), '--cert-dir', certDir];
    await using first = await start('--control-port', '0', ...kept);
    const before = await first.event(({ event }) => event === 'ready');
    const order = { out_trade_no: 'T20260102000001', total_fee: '888', auth_code: '134567890123456789' };
    await pay(Number(before.plainPort), order);
    await first.kill('SIGKILL');

    const ports = ['--port', `${before.port}`, '--control-port', `${before.controlPort}`];
    await using second = await start(...ports, ...kept);
    const after = await second.event(({ event }) => event === 'ready');
    expect(after).toMatchObject({ port: before.port, controlPort: before.controlPort });
    expect(after.controlUrl).toBe(`http://127.0.0.1:${before.controlPort}/`);
    expect(after.controlToken).not.toBe(before.controlToken);
    const view = await (await fetch(`${after.controlUrl}api/view`)).json();
    expect(view).toMatchObject({
      merchant: { appId: MERCHANT.appid, mchId: MERCHANT.mch_id },
      orders: [{ outTradeNo: 'T20260102000001', state: 'SUCCESS' }],
      customers: [{ balanceFen: 50_000 }, { balanceFen: 2_000 }, { balanceFen: 50 }],
    });
    const reversal = parseXml(await certifiedCall(Number(after.port), certDir, order.out_trade_no));
    expect(reversal).toMatchObject({ result_code: 'SUCCESS', recall: 'N' });
  });

  it('has no page for a trainer unless it is asked for one', async () => {
    await using saoma = await start();
    const ready = await saoma.event(({ event }) => event === 'ready');
    expect(Object.keys(ready).sort()).toEqual(['event', 'plainPort', 'port', 'url']);
  });

  it('does not start without the trainer’s port', async () => {
    await using first = await start('--control-port', '0');
    const { controlPort } = await first.event(({ event }) => event === 'ready');
    await using second = await start('--control-port', `${controlPort}`);
    expect(await second.exited).toBe(2);
    expect(second.stderr()).toContain('[PORT_BUSY]');
    expect(second.events).toEqual([]);
  });

  it('has today’s bill at once where it is told to, at the fee it is told', async () => {
    await using saoma = await start('--bills-at-once', '--fee-basis-points', '38');
    const { plainPort } = await saoma.event(({ event }) => event === 'ready');
    const order = { out_trade_no: 'T20260102000001', total_fee: '1000', auth_code: '134567890123456789' };
    await pay(Number(plainPort), order);
    const bill = await call(Number(plainPort), '/pay/downloadbill', { bill_date: billDayOf(Date.now()) });
    expect(bill).toMatch(/`T20260102000001,.*`0\.04000,`0\.38%,`10\.00,`0\.00,`\r\n总交易单数/);
  });

  it('plays what a file of rules says', async () => {
    const rules = join(folder.path, 'rules.json');
    writeFileSync(rules, JSON.stringify([{ when: { amountFen: { from: 500 } }, scenario: 'not-enough' }]));
    await using saoma = await start('--rules', rules);
    const { plainPort } = await saoma.event(({ event }) => event === 'ready');
    const at = (total_fee: string, out_trade_no: string, auth_code: string) =>
      pay(Number(plainPort), { total_fee, out_trade_no, auth_code });
    expect(await at('499', 'T20260102000001', '134567890123456701')).toMatchObject({ result_code: 'SUCCESS' });
    expect(await at('500', 'T20260102000002', '134567890123456702')).toMatchObject({ err_code: 'NOTENOUGH' });
  });

  it.each([
    ['is no JSON', '{', 'CONFIG_INVALID'],
    ['has a rule nobody knows', '[{"when":{"amount":1},"scenario":"pays"}]', 'CONFIG_INVALID'],
  ])('refuses a file of rules that %s', async (_, text, code) => {
    const rules = join(folder.path, 'rules.json');
    writeFileSync(rules, text);
    await using saoma = await start('--rules', rules);
    expect(await saoma.exited).toBe(2);
    expect(saoma.stderr()).toContain(`[${code}]`);
  });

  it('does not share its ledger with a second one', async () => {
    await using first = await start('--data', folder.path);
    await first.event(({ event }) => event === 'ready');
    await using second = await start('--data', folder.path);
    expect(await second.exited).toBe(2);
    expect(second.stderr()).toContain(String(first.pid));
  });
});
