import path from 'node:path';

/** A file of the renderer's build, and how a host sends it. */
export interface PageFile {
  /** Absolute, always inside the root. */
  readonly filePath: string;
  readonly contentType: string;
  readonly cacheControl: string;
}

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.mp3': 'audio/mpeg',
  '.wav': 'audio/wav',
};

/** The build puts a content hash into these names, so what such a name holds can never change. */
const HASHED_ASSET = /^\/assets\/[^/]+-[\w-]{8}\.\w+$/;

/**
 * Which file a URL's path stands for: `/` is the index, everything else is itself. Undefined when it lies outside the
 * root, cannot be decoded, or is of a kind that a screen never needs; whether it exists is for the reader to find out.
 */
export function pageFile(rootDir: string, urlPath: string, indexName: string): PageFile | undefined {
  const wanted = decodePath(urlPath === '/' ? `/${indexName}` : urlPath);
  if (wanted === undefined) return undefined;

  const filePath = path.resolve(rootDir, `.${wanted}`);
  const inside = path.relative(rootDir, filePath);
  if (inside === '' || inside.startsWith('..') || path.isAbsolute(inside)) return undefined;

  const contentType = CONTENT_TYPES[path.extname(filePath).toLowerCase()];
  if (contentType === undefined) return undefined;
  return { filePath, contentType, cacheControl: HASHED_ASSET.test(wanted) ? IMMUTABLE : 'no-store' };
}

const IMMUTABLE = 'public, max-age=31536000, immutable';

/** A backslash is a separator on Windows and a NUL ends a C string: neither has a place in our names. */
function decodePath(urlPath: string): string | undefined {
  try {
    const decoded = decodeURIComponent(urlPath);
    return decoded.startsWith('/') && !/[\\\0]/.test(decoded) ? decoded : undefined;
  } catch {
    return undefined;
  }
}
