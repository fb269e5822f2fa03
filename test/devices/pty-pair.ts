import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '../fixtures/eventually.ts';

/** Two ends of one serial line: what is written to one can be read from the other. */
export interface PtyPair extends AsyncDisposable {
  /** The end that the code under test opens. Stays the same name through unplugging and plugging. */
  readonly path: string;
  /** Writes at the device's end, as one write. */
  write(bytes: string | Uint8Array): Promise<void>;
  /** Everything that has arrived at the device's end since the last call; waits for at least one byte. */
  read(): Promise<Buffer>;
  /** Pulls the plug: the process behind both ends is gone, and so are their names. */
  unplug(): Promise<void>;
  plug(): Promise<void>;
}

export async function createPtyPair(): Promise<PtyPair> {
  const folder = mkdtempSync(join(tmpdir(), 'pty-'));
  const path = join(folder, 'till');
  const deviceEnd = join(folder, 'device');
  let socat: ChildProcess | undefined;
  let device: FileHandle | undefined;

  async function plug(): Promise<void> {
    socat = spawn('socat', [`pty,raw,echo=0,link=${path}`, `pty,raw,echo=0,link=${deviceEnd}`], { stdio: 'ignore' });
    await once(socat, 'spawn');
    await eventually(() => existsSync(path) && existsSync(deviceEnd), { what: 'both ends of the line' });
    device = await open(deviceEnd, constants.O_RDWR | constants.O_NOCTTY | constants.O_NONBLOCK);
  }

  async function unplug(): Promise<void> {
    await device?.close();
    device = undefined;
    if (socat?.pid === undefined || socat.exitCode !== null || socat.signalCode !== null) return;
    const gone = once(socat, 'exit');
    process.kill(socat.pid, 'SIGKILL');
    await gone;
    rmSync(path, { force: true });
    rmSync(deviceEnd, { force: true });
  }

  await plug();
  return {
    path,
    plug,
    unplug,
    async write(bytes) {
      await device?.writeFile(bytes);
    },
    async read() {
      const chunk = Buffer.alloc(65_536);
      const count = await eventually(() => readSome(device, chunk), { what: 'a byte at the device' });
      return chunk.subarray(0, count);
    },
    async [Symbol.asyncDispose]() {
      await unplug();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function readSome(device: FileHandle | undefined, chunk: Buffer): Promise<number> {
  try {
    return (await device?.read(chunk))?.bytesRead ?? 0;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EAGAIN') return 0;
    throw error;
  }
}
