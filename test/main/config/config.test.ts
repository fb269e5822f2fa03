import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DEFAULT_TIMINGS } from '../../../src/core/payment.ts';
import { loadConfig } from '../../../src/main/config/config.ts';
import { Trouble } from '../../../src/main/trouble.ts';
import { temporaryFolder } from '../../fixtures/ledger.ts';

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.remove());

function written(settings: unknown): void {
  writeFileSync(join(folder.path, 'config.json'), typeof settings === 'string' ? settings : JSON.stringify(settings));
}

function refusal(env: Record<string, string> = {}): Trouble {
  try {
    loadConfig(folder.path, env);
  } catch (error) {
    if (error instanceof Trouble) return error;
    throw error;
  }
  throw new Error('The settings were accepted');
}

describe('settings', () => {
  it('need no file: the simulator stands in, with the documented timings', () => {
    const config = loadConfig(folder.path, {});
    expect(config).toMatchObject({ gateway: { kind: 'simulator' }, paperWidthMm: 80, timings: DEFAULT_TIMINGS });
    expect(config.timings).toMatchObject({ pollMs: 3_000, giveUpMs: 45_000, reverseNotBeforeMs: 15_000 });
  });

  it('come from the file, then the environment, then the command line', () => {
    written({ store: { name: '天虹' }, scanner: 'virtual', printer: 'none', paperWidthMm: 58 });
    const config = loadConfig(folder.path, { SAOMA_STORE_ID: '0007', SAOMA_PRINTER: 'virtual' }, { scanner: 'none' });
    expect(config).toMatchObject({
      store: { id: '0007', name: '天虹' },
      scanner: 'none',
      printer: 'virtual',
      paperWidthMm: 58,
    });
  });

  it('become those of a real merchant by environment alone', () => {
    const config = loadConfig(folder.path, {
      SAOMA_WX_APPID: 'wxd930ea5d5a258f4f',
      SAOMA_WX_MCH_ID: '10000100',
      SAOMA_WX_KEY_FILE: 'key.txt',
      SAOMA_WX_HOSTS: 'https://127.0.0.1:1, https://127.0.0.1:2',
      SAOMA_WX_P12_FILE: 'apiclient_cert.p12',
    });
    expect(config.gateway).toMatchObject({
      kind: 'wechat-v2',
      hosts: ['https://127.0.0.1:1', 'https://127.0.0.1:2'],
      certificate: { p12File: 'apiclient_cert.p12' },
      signType: 'HMAC-SHA256',
    });
  });

  it('may be written by an editor that puts a byte order mark in front', () => {
    written('\uFEFF{"store":{"name":"A"}}');
    expect(loadConfig(folder.path, {}).store.name).toBe('A');
  });
});

describe('settings that are wrong', () => {
  it.each([
    ['an unknown name', { stoer: {} }, 'stoer'],
    ['a store number that no order could carry', { store: { id: 'too-long-for-it' } }, 'store.id'],
    ['a time that is no time', { timings: { pollMs: -1 } }, 'timings.pollMs'],
    ['a gateway that does not exist', { gateway: { kind: 'alipay' } }, 'gateway.kind'],
    ['a paper that nobody sells', { paperWidthMm: 70 }, 'paperWidthMm'],
    [
      'a gateway without TLS beyond this machine',
      { gateway: { kind: 'wechat-v2', appId: 'wx1', mchId: '1', hosts: ['http://192.0.2.1'] } },
      'gateway.hosts.0',
    ],
    ['a merchant without a number', { gateway: { kind: 'wechat-v2', appId: 'wx1' } }, 'gateway.mchId'],
  ])('such as %s are named by their place', (_, settings, place) => {
    written(settings);
    expect(refusal()).toMatchObject({ code: 'CONFIG_INVALID', detail: expect.stringContaining(place) });
  });

  it('are not quoted when they cannot be read: the file may hold the key', () => {
    written('{"gateway": {"apiKey": "192006250b4c09247ec02edce69f6a2d", oops');
    expect(refusal().detail).not.toContain('1920');
    expect(refusal().code).toBe('CONFIG_INVALID');
  });
});
