import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A merchant's notify_url on 127.0.0.1: keeps what comes, and answers as the test says. */
export interface MerchantEar extends AsyncDisposable {
  readonly url: string;
  readonly heard: readonly string[];
}

export const CONFIRMED =
  '<xml><return_code><![CDATA[SUCCESS]]></return_code><return_msg><![CDATA[OK]]></return_msg></xml>';

export async function startMerchantEar(
  answer: (body: string, nth: number, response: ServerResponse) => void = (_, __, response) => response.end(CONFIRMED),
): Promise<MerchantEar> {
  const heard: string[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks).toString();
    heard.push(body);
    answer(body, heard.length, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/wechat`,
    heard,
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
