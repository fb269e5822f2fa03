import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runElectron } from '../../../src/main/launch/run-electron.ts';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'saoma-run-electron-'));
});
afterEach(() => rm(dir, { recursive: true }));

/** An executable in Electron's place: what is tested is how its end is read. */
async function binary(script: string): Promise<string> {
  const file = path.join(dir, 'electron');
  await writeFile(file, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  return file;
}

describe('running Electron', () => {
  it('gives it the app and our arguments, and passes its exit code on', async () => {
    const file = await binary('test "$1" = /app && test "$2" = "--data=/a b" && exit 7');
    expect(await runElectron(file, '/app', ['--data=/a b'])).toEqual({ ran: true, exitCode: 7 });
  });

  it('counts a death by signal as a failure of the app, not as an absent Electron', async () => {
    expect(await runElectron(await binary('kill -SEGV $$'), '/app', [])).toEqual({ ran: true, exitCode: 1 });
  });

  it.each([
    ['a system library is missing', 'exit 127'],
    ['it is made for another machine', 'exit 126'],
  ])('says that it cannot run here when %s, so that another host can', async (_, script) => {
    expect(await runElectron(await binary(script), '/app', [])).toMatchObject({ ran: false });
  });

  it('says that it cannot run here when it cannot even be started', async () => {
    const run = await runElectron(path.join(dir, 'nowhere'), '/app', []);
    expect(run).toEqual({ ran: false, why: expect.stringContaining('could not be started') });
  });

  it.each(['SIGTERM', 'SIGINT'] as const)('hands %s on, and waits for Electron to close the books', async (signal) => {
    // Not a shell's trap: a shell cannot catch what was ignored when it began, as SIGINT is for jobs in the background.
    const closes = `process.on('${signal}', () => process.exit(0)); console.log('ready'); setInterval(() => {}, 60_000);`;
    const file = await binary(`exec "${process.execPath}" -e "${closes}"`);
    const module = path.resolve(import.meta.dirname, '../../../src/main/launch/run-electron.ts');
    const script = `import { runElectron } from ${JSON.stringify(module)}; console.log(JSON.stringify(await runElectron(${JSON.stringify(file)}, '/app', [])));`;
    const host = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let heard = '';
    host.stdout.setEncoding('utf8').on('data', (text: string) => {
      heard += text;
      if (text.includes('ready')) host.kill(signal);
    });
    await once(host, 'close');
    expect(heard).toBe('ready\n{"ran":true,"exitCode":0}\n');
  });
});
