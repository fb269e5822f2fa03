import { readFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { pageFile } from './page-file.ts';
import { PAGE_HEADERS } from './page-headers.ts';

/** What every answer of a local server carries, unless a file of the build says how long it may be kept. */
export function setPageHeaders(response: ServerResponse): void {
  for (const [name, value] of Object.entries(PAGE_HEADERS)) response.setHeader(name, value);
  response.setHeader('Cache-Control', 'no-store');
}

/** A file of the renderer's build, or 404. */
export async function sendFile(
  response: ServerResponse,
  rendererDir: string,
  urlPath: string,
  indexName: string,
): Promise<void> {
  const file = pageFile(rendererDir, urlPath, indexName);
  const content = file && (await readFile(file.filePath).catch(() => undefined));
  if (file === undefined || content === undefined) return sendText(response, 404, 'No such file.');
  response.setHeader('Cache-Control', file.cacheControl);
  send(response, 200, file.contentType, content);
}

export function refuseMethod(response: ServerResponse, allowed: string): void {
  response.setHeader('Allow', allowed);
  sendText(response, 405, `Only ${allowed}.`);
}

export function sendText(response: ServerResponse, status: number, text: string): void {
  send(response, status, 'text/plain; charset=utf-8', text);
}

export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  send(response, status, 'application/json; charset=utf-8', JSON.stringify(body));
}

/** Node leaves the body of an answer to HEAD out by itself, and keeps its length. */
function send(response: ServerResponse, status: number, contentType: string, body: string | Buffer): void {
  response.writeHead(status, { 'Content-Type': contentType, 'Content-Length': Buffer.byteLength(body) });
  response.end(body);
}
