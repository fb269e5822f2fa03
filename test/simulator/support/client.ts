import { Agent, type AgentOptions, request as httpsRequest } from 'node:https';
import { type Fields, isSignedBy, type SignType, sign } from '../../../src/main/gateway/wechat-v2/wire/sign.ts';
import { buildXml, parseXml } from '../../../src/main/gateway/wechat-v2/wire/xml.ts';
import { SAMPLE_MERCHANT } from '../../../src/simulator/options.ts';
import type { Simulator } from '../../../src/simulator/simulator.ts';
import { PAY_FIELDS } from './counter.ts';

/** What came back: bytes as they were, and the fields when they could be read. */
export interface Received {
  readonly status: number;
  readonly contentType: string | undefined;
  readonly code: string | undefined;
  readonly text: string;
  readonly fields: Fields;
  readonly isSigned: boolean;
  /** The connection had carried another call before. */
  readonly isReused: boolean;
}

export interface RawRequest {
  readonly path: string;
  readonly body: string | Buffer;
  readonly method?: string;
  readonly signal?: AbortSignal;
}

export interface TestClient {
  readonly signType: SignType;
  raw(request: RawRequest): Promise<Received>;
  /** Signs and sends; rejects when the connection breaks. */
  call(path: string, fields: Fields, signal?: AbortSignal): Promise<Received>;
  pay(outTradeNo: string, code: string, more?: Fields): Promise<Received>;
  query(outTradeNo: string): Promise<Received>;
  reverse(outTradeNo: string): Promise<Received>;
  close(): void;
}

export interface TestClientOptions {
  readonly signType?: SignType;
  /** Instead of the simulator's own CA and client certificate. */
  readonly tls?: AgentOptions;
}

/** Where the simulator is and what it gave out: enough to call one that runs in another process. */
export type Reachable = Pick<Simulator, 'port' | 'caPem' | 'clientCertPem' | 'clientKeyPem'>;

/** A bare client over real TLS that adds nothing of its own: no retries, no opinions. */
export function createTestClient(simulator: Reachable, options: TestClientOptions = {}): TestClient {
  const { signType = 'HMAC-SHA256', tls } = options;
  const { appId, mchId, apiKey } = SAMPLE_MERCHANT;
  const { caPem: ca, clientCertPem: cert, clientKeyPem: key, port } = simulator;
  const agent = new Agent({ keepAlive: true, ...(tls ?? { ca, cert, key }) });

  function raw({ path, body, method = 'POST', signal }: RawRequest): Promise<Received> {
    return new Promise((resolve, reject) => {
      const request = httpsRequest({ host: '127.0.0.1', port, path, method, agent, signal }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString('utf8');
          const fields = fieldsOf(text);
          resolve({
            status: response.statusCode ?? 0,
            contentType: response.headers['content-type'],
            code: response.headers['x-simulator-code']?.toString(),
            text,
            fields,
            isSigned: isSignedBy(fields, apiKey, signType),
            isReused: request.reusedSocket,
          });
        });
      });
      request.on('error', reject);
      request.end(body);
    });
  }

  function call(path: string, fields: Fields, signal?: AbortSignal): Promise<Received> {
    const whole = { appid: appId, mch_id: mchId, nonce_str: 'n0nce', sign_type: signType, ...fields };
    const body = buildXml({ ...whole, sign: sign(whole, apiKey, signType) });
    return raw({ path, body, ...(signal ? { signal } : {}) });
  }

  return {
    signType,
    raw,
    call,
    pay: (outTradeNo, code, more = {}) =>
      call('/pay/micropay', { ...PAY_FIELDS, out_trade_no: outTradeNo, auth_code: code, ...more }),
    query: (outTradeNo) => call('/pay/orderquery', { out_trade_no: outTradeNo }),
    reverse: (outTradeNo) => call('/secapi/pay/reverse', { out_trade_no: outTradeNo }),
    close: () => agent.destroy(),
  };
}

function fieldsOf(text: string): Fields {
  try {
    return parseXml(text);
  } catch {
    return {};
  }
}
