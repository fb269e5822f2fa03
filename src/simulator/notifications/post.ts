import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { parseXml, XML_MAX_BYTES } from '../../main/gateway/wechat-v2/wire/xml.ts';
import type { SimulatorClock } from '../clock.ts';

/** A merchant that has not answered by then is taken for one that does not. */
const ANSWER_MS = 5_000;

/** Posts a letter, and says whether the merchant confirmed it. Never rejects. */
export async function post(url: string, body: string, clock: SimulatorClock, closing: AbortSignal): Promise<boolean> {
  const over = new AbortController();
  const signal = AbortSignal.any([over.signal, closing]);
  const timer = clock.sleep(ANSWER_MS, signal).then(() => undefined);
  const answer = send(url, body, signal).catch(() => undefined);
  const text = await Promise.race([answer, timer]);
  over.abort();
  return text !== undefined && isConfirmation(text);
}

function send(url: string, body: string, signal: AbortSignal): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    const open = url.startsWith('https:') ? httpsRequest : httpRequest;
    const headers = { 'content-type': 'text/xml', 'content-length': Buffer.byteLength(body) };
    const request = open(url, { method: 'POST', headers, signal, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      let size = 0;
      response.on('error', reject);
      response.on('data', (chunk: Buffer) => {
        size += chunk.length;
        if (size > XML_MAX_BYTES) request.destroy(new Error('Too large'));
        else chunks.push(chunk);
      });
      response.on('end', () => resolve(response.statusCode === 200 ? Buffer.concat(chunks).toString() : undefined));
    });
    request.on('error', reject);
    request.end(body);
  });
}

function isConfirmation(text: string): boolean {
  try {
    return parseXml(text.trim()).return_code === 'SUCCESS';
  } catch {
    return false;
  }
}
