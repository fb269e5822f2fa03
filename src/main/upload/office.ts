import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { wordsOf } from '../../core/caught.ts';
import { Secret } from '../../core/secret.ts';
import type { Clock } from '../../core/time.ts';
import { openHost } from '../gateway/wechat-v2/transport/host.ts';
import { Trouble } from '../trouble.ts';
import type { TroubleCode } from '../trouble-texts.ts';
import { type Posted, postOnce } from './post-once.ts';
import type { UploadSettings } from './settings.ts';
import { headersFor } from './sign.ts';

/** The shop's back office, as the settings name it. */
export interface Office {
  readonly name: string;
  /** Delivers one report, once, signed. Never rejects. */
  post(report: { readonly id: string; readonly body: string }, stopped: AbortSignal): Promise<Posted>;
  /** Shakes hands and sends nothing. Rejects when that cannot be done. */
  probe(): Promise<void>;
  close(): Promise<void>;
}

const KEY_MIN_CHARACTERS = 32;
const CONNECT_MS = 5_000;
const WHOLE_MS = 15_000;

/** @throws Trouble UPLOAD_*: what no waiting mends. */
export function openOffice(settings: UploadSettings, dataDir: string, clock: Clock): Office {
  const at = (file: string): string => resolve(dataDir, file);
  const key = readKey(at(settings.keyFile));
  const ca = settings.caFile === undefined ? undefined : readText(at(settings.caFile), 'UPLOAD_CA_UNREADABLE');
  const { origin, pathname, search } = new URL(settings.url);
  const host = openHost(origin, { ca, connectMs: CONNECT_MS });
  return {
    name: host.name,
    async post({ id, body }, stopped) {
      const headers = headersFor(key, { id, body, now: clock.now() });
      const request = { path: pathname + search, headers, body, timeoutMs: WHOLE_MS };
      return postOnce(await host.pool(false), request, clock, stopped);
    },
    probe: host.probe,
    close: host.close,
  };
}

function readKey(path: string): Secret {
  const key = readText(path, 'UPLOAD_KEY_UNREADABLE').trim();
  if (key.length < KEY_MIN_CHARACTERS) throw new Trouble('UPLOAD_KEY_SHORT', `${path}: ${key.length} characters`);
  return new Secret(key);
}

function readText(path: string, unreadable: TroubleCode): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new Trouble(unreadable, wordsOf(error));
  }
}
