import { readFile } from 'node:fs/promises';
import { APP_HOST } from './electron-names.ts';
import { pageFile } from './pages/page-file.ts';
import { PAGE_HEADERS } from './pages/page-headers.ts';

/** Answers `app://saoma/…` with the renderer's files, and anything else with a refusal. Knows nothing of Electron. */
export function createPageProtocol(rendererDir: string): (request: Request) => Promise<Response> {
  return async (request) => {
    const { host, pathname } = new URL(request.url);
    if (host !== APP_HOST) return refuse(404, 'No such host.');
    if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(405, 'Only GET, HEAD.');

    const file = pageFile(rendererDir, pathname, 'electron.html');
    const content = file && (await readFile(file.filePath).catch(() => undefined));
    if (file === undefined || content === undefined) return refuse(404, 'No such file.');

    const headers = { ...PAGE_HEADERS, 'Content-Type': file.contentType, 'Cache-Control': file.cacheControl };
    return new Response(request.method === 'HEAD' ? null : new Uint8Array(content), { headers });
  };
}

function refuse(status: number, text: string): Response {
  const headers = { ...PAGE_HEADERS, 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' };
  return new Response(text, { status, headers });
}
