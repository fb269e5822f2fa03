import { X509Certificate } from 'node:crypto';
import { Agent } from 'node:https';
import Payment from 'tenpay';
import { Wechatpay } from 'wechatpay-axios-plugin';
import type { Fields } from '../../../src/main/gateway/wechat-v2/wire/sign.ts';
import { SAMPLE_MERCHANT } from '../../../src/simulator/options.ts';
import type { Simulator } from '../../../src/simulator/simulator.ts';

/* npm clients as published: only told where the service is and whom to trust. */

const { appId, mchId, apiKey } = SAMPLE_MERCHANT;

/** Whoever uses it over TLS makes the simulator's CA one of Node's own for a while: it takes no other. */
export function tenpayAt(simulator: Pick<Simulator, 'clientP12'>, baseUrl: string): Payment {
  const client = new Payment({ appid: appId, mchid: mchId, partnerKey: apiKey.reveal(), pfx: simulator.clientP12 });
  client.urls = Object.fromEntries(
    Object.entries(client.urls).map(([name, url]) => [name, `${baseUrl}${new URL(url).pathname}`]),
  );
  return client;
}

/** `security` shows the client certificate. */
export type Post = (path: string, fields: Fields, more?: { readonly security: boolean }) => Promise<Fields>;

export function axiosPluginAt(simulator: Simulator, baseUrl: string): Post {
  const { caPem: ca, clientCertPem: cert, clientKeyPem: key } = simulator;
  const { serialNumber: serial, publicKey } = new X509Certificate(ca);
  const { client } = new Wechatpay({
    mchid: mchId,
    secret: apiKey.reveal(),
    merchant: { ca, cert, key },
    baseURL: `${baseUrl}/`,
    httpsAgent: new Agent({ ca }),
    proxy: false,
    // Its v3 half, which is never used here, insists on these.
    serial: new X509Certificate(cert).serialNumber,
    privateKey: key,
    certs: { [serial]: publicKey.export({ type: 'spki', format: 'pem' }) },
  });
  return async (path, fields, more = { security: false }) => {
    const { data } = await client.request<Fields>(`v2/${path}`, 'POST', fields, more);
    return data;
  };
}
