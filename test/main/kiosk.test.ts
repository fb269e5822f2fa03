import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type KioskRunOptions, runKiosk } from '../../src/main/kiosk.ts';
import { Trouble } from '../../src/main/trouble.ts';
import { clientOver, enter, openSocket } from './kiosk/kiosk-client.ts';

let dataDir: string;
let printed: string[];
beforeEach(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), 'saoma-run-kiosk-'));
  printed = [];
});
afterEach(() => rm(dataDir, { recursive: true }));

const options = (more: Partial<KioskRunOptions> = {}): KioskRunOptions => ({
  dataDir,
  env: {},
  port: 0,
  open: false,
  print: (line) => printed.push(line),
  rendererDir: path.join(import.meta.dirname, 'kiosk/page'),
  ...more,
});

const link = () => /http:\S+\?ticket=\S+/.exec(printed.join('\n'))?.[0] ?? '';

describe('the kiosk host with a terminal of its own', () => {
  it('shows it to a browser, and says that it is the kiosk host', async () => {
    const kiosk = await runKiosk(options());
    const socket = await openSocket(kiosk.origin, await enter(link()));
    const status = await clientOver(socket).status.watch();
    expect((await status.next()).value).toMatchObject({ host: 'kiosk', gateway: 'simulator' });
    await kiosk.close();
  });

  it('gives the books back when it ends', async () => {
    await (await runKiosk(options())).close();
    await (await runKiosk(options())).close();
  });

  it('leaves nothing open when its port is taken', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const address = other.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;

    const busy = new Trouble('PORT_BUSY', `127.0.0.1:${port}: EADDRINUSE`);
    await expect(runKiosk(options({ port }))).rejects.toThrow(busy);
    await new Promise((resolve) => other.close(resolve));
    await (await runKiosk(options({ port }))).close();
  });
});
