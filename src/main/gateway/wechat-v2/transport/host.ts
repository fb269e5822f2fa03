import { setImmediate } from 'node:timers/promises';
import { buildConnector, Pool } from 'undici';
import { isProtectedUrl } from '../../../../core/protected-url.ts';
import type { ClientCertificate } from '../certificate/client-certificate.ts';
import { createWarmConnector } from './warm-connector.ts';

export interface TlsOptions {
  /** Trust these and no others; the system's roots when absent. */
  readonly ca?: string | readonly string[] | undefined;
  /** Shown on certified calls only. */
  readonly clientCertificate?: ClientCertificate | undefined;
  /** For name look-up, TCP and the TLS handshake together. */
  readonly connectMs: number;
}

/** One base URL and its connections. */
export interface Host {
  readonly name: string;
  /** What stands before each endpoint's path: "", or a sandbox's prefix. */
  readonly prefix: string;
  /** Calls on `certified` connections show the client certificate; no other call does. */
  pool(certified: boolean): Promise<Pool>;
  /** Makes a connection ahead for the next uncertified call; false when one was there. Rejects when none is to be had. */
  warmUp(): Promise<boolean>;
  /** Shakes hands anew, whatever is open already. Rejects when that cannot be done. */
  probe(): Promise<void>;
  close(): Promise<void>;
}

/** Far above what one till has under way, and still a bound. */
const CONNECTIONS_MAX = 16;
/** A connection idle for longer is not trusted: one that the gateway has just closed would cost an UNKNOWN. */
const KEEP_ALIVE_MS = 20_000;

/** @throws TypeError when the base URL is not an https one; http will do for a gateway on this machine itself. */
export function openHost(baseUrl: string, tls: TlsOptions): Host {
  const url = parseBaseUrl(baseUrl);
  const warm = createWarmConnector(connectorFor(tls, false));
  const plain = openPool(url, warm.connect);
  const certified = openPool(url, connectorFor(tls, true));
  const { host, protocol, port } = url;
  const target = { host, protocol, port, hostname: url.hostname.replace(/^\[|\]$/g, '') };

  return {
    name: url.host,
    prefix: url.pathname.replace(/\/$/, ''),
    pool: (showCertificate) => whenFree(showCertificate ? certified : plain),
    async warmUp() {
      const { stats } = await whenFree(plain);
      return stats.free > 0 ? false : warm.warmUp(target);
    },
    probe: () => warm.probe(target),
    async close() {
      warm.close();
      await Promise.all([plain.destroy(), certified.destroy()]);
    },
  };
}

/** The call that has just ended frees its connection in the next turn: cheaper to wait for than a handshake. */
async function whenFree(pool: Pool): Promise<Pool> {
  if (pool.stats.free === 0 && pool.stats.connected > 0) await setImmediate();
  return pool;
}

function parseBaseUrl(baseUrl: string): URL {
  const url = URL.parse(baseUrl);
  if (!url || !isProtectedUrl(baseUrl) || url.username || url.password || url.search || url.hash) {
    throw new TypeError('A gateway host is an https:// URL without user, query or fragment');
  }
  return url;
}

function openPool(url: URL, connect: buildConnector.connector): Pool {
  return new Pool(url.origin, {
    connect,
    connections: CONNECTIONS_MAX,
    pipelining: 1,
    keepAliveTimeout: KEEP_ALIVE_MS,
    keepAliveMaxTimeout: KEEP_ALIVE_MS,
    allowH2: false,
  });
}

function connectorFor(tls: TlsOptions, certified: boolean): buildConnector.connector {
  const { ca, clientCertificate, connectMs } = tls;
  const connect = buildConnector({
    timeout: connectMs,
    allowH2: false,
    minVersion: 'TLSv1.2',
    // Said aloud, since NODE_TLS_REJECT_UNAUTHORIZED=0 would turn it off.
    rejectUnauthorized: true,
    ...(ca === undefined ? {} : { ca: typeof ca === 'string' ? ca : [...ca] }),
    ...(certified && clientCertificate !== undefined
      ? { cert: clientCertificate.certPem, key: clientCertificate.keyPem.reveal() }
      : {}),
  });
  return (target, callback) =>
    connect(target, (error, socket) => {
      if (error) return callback(error, null);
      // The end of the connection follows a TLS alert, and would be taken for the cause.
      socket.once('error', (cause) => socket.destroy(cause));
      callback(null, socket);
    });
}
