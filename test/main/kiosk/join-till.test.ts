import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startSaoma } from '../../fixtures/saoma-process.ts';
import { enter } from './kiosk-client.ts';

// Real `saoma` processes that share one data folder.
describe('starting the till a second time', () => {
  let dataDir: string;
  beforeEach(async () => {
    dataDir = await mkdtemp(path.join(tmpdir(), 'saoma-join-'));
  });
  afterEach(() => rm(dataDir, { recursive: true }));

  const kiosk = (args: readonly string[] = ['--no-open'], env = {}) =>
    startSaoma(['kiosk', '--data', dataDir, ...args], env);
  const linkFile = () => path.join(dataDir, 'kiosk-url');

  it('gives a link to the one that runs, and ends well', async () => {
    await using first = await kiosk();
    await first.line(/ticket=/);
    await using second = await kiosk();
    const line = await second.line(/The till is running already/);
    expect(await second.exited).toBe(0);
    expect(await enter(/http:\S+/.exec(line)?.[0] ?? '')).toHaveLength(43);
  });

  it('also by saoma start', async () => {
    await using first = await kiosk();
    await first.line(/ticket=/);
    await using second = await startSaoma(['start', '--host', 'kiosk', '--no-open', '--data', dataDir]);
    await second.line(/The till is running already.*ticket=/);
    expect(await second.exited).toBe(0);
  });

  it('opens a window on it where there is a display, and ends before the window does', async () => {
    await using first = await kiosk();
    await first.line(/ticket=/);
    // It stands for a browser: writes down what it should open, and stays until it is told that this was seen.
    const browser = path.join(dataDir, 'stand-in');
    const script = '#!/bin/sh\necho "$@" > "$0.asked"; while [ ! -e "$0.seen" ]; do sleep 0.05; done; rm "$0.seen"\n';
    await writeFile(browser, script, { mode: 0o755 });
    await using second = await kiosk([], { DISPLAY: ':0', SAOMA_BROWSER: browser });
    expect(await second.exited).toBe(0);

    const asked = await vi.waitUntil(() => readFile(`${browser}.asked`, 'utf8').catch(() => ''), { timeout: 20_000 });
    await writeFile(`${browser}.seen`, '');
    await vi.waitUntil(
      () =>
        readFile(`${browser}.seen`).then(
          () => false,
          () => true,
        ),
      { timeout: 20_000 },
    );
    expect(await enter(/--app=(\S+)/.exec(asked)?.[1] ?? '')).toHaveLength(43);
  });

  it('fails as before when the folder is held by something that serves no screens', async () => {
    await writeFile(linkFile(), `http://127.0.0.1:1/?ticket=${'a'.repeat(43)}\n`);
    await using holder = await startSaoma(['sell', '--amount', '1', '--json', '--data', dataDir]);
    await holder.event(({ event }) => event === 'ready');
    await using second = await kiosk();
    expect(await second.exited).toBe(2);
    expect(second.stderr()).toContain('[DATA_IN_USE]');
  });
});
