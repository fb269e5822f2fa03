import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach } from 'vitest';
import { fen } from '../../../../../src/core/money.ts';
import { Secret } from '../../../../../src/core/secret.ts';
import { loadClientCertificate } from '../../../../../src/main/gateway/wechat-v2/certificate/load-certificate.ts';
import {
  createWechatV2Gateway,
  type WechatV2Gateway,
  type WechatV2Options,
} from '../../../../../src/main/gateway/wechat-v2/client.ts';
import { createSystemClock } from '../../../../../src/main/system-clock.ts';
import { SAMPLE_MERCHANT, type SimulatorOptions } from '../../../../../src/simulator/options.ts';
import { type Simulator, startSimulator } from '../../../../../src/simulator/simulator.ts';

export const PACKET = {
  billNo: '10000100202601020000000001',
  openid: 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o',
  amountFen: fen(188),
  sender: '扫码便利店',
  wishing: '恭喜 & <发财>',
  activity: '开业',
  remark: '谢谢惠顾',
};

export const TO_BALANCE = {
  payoutNo: '100001002026010200000001',
  openid: PACKET.openid,
  amountFen: fen(5_000),
  desc: '退押金 <& 多谢>',
};

export const TO_BANK = {
  payoutNo: '100001002026010200000002',
  cardNumber: new Secret('6222020200112233445'),
  holder: new Secret('王小王'),
  bankCode: '1002',
  amountFen: fen(200_000),
  desc: '货款',
};

/** Shops with a simulator and the client over real TLS, for one test file; closed after each test. */
export function payoutShops() {
  const scratch = mkdtempSync(join(tmpdir(), 'saoma-payouts-'));
  const opened: (WechatV2Gateway | Simulator)[] = [];
  afterEach(async () => {
    for (const one of opened.splice(0).reverse()) await one.close();
  });
  afterAll(() => rmSync(scratch, { recursive: true }));

  return async (options: SimulatorOptions = {}, client: Partial<WechatV2Options> = {}) => {
    const simulator = await startSimulator({ certDir: scratch, ...options });
    opened.push(simulator);
    const p12File = join(scratch, 'client.p12');
    writeFileSync(p12File, simulator.clientP12);
    const gateway = createWechatV2Gateway({
      ...SAMPLE_MERCHANT,
      hosts: [simulator.baseUrl],
      ca: simulator.caPem,
      clientCertificate: await loadClientCertificate(
        { p12File, password: new Secret(SAMPLE_MERCHANT.mchId) },
        Date.now(),
      ),
      random: randomBytes,
      clock: createSystemClock(),
      ...client,
    });
    opened.push(gateway);
    return { simulator, gateway, ...gateway };
  };
}
