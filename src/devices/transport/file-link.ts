import { constants } from 'node:fs';
import { type FileHandle, open, stat } from 'node:fs/promises';
import type { Clock } from '../../core/time.ts';
import { DeviceFault, faultOf } from './device-fault.ts';
import type { Link, LinkSource } from './link.ts';

/** Between two tries of a device that has no room, or nothing to say, right now. */
const AGAIN_MS = 20;

/**
 * Opens a device file such as /dev/usb/lp0 for one job at a time; also a pty, a pipe, or a plain file that exists.
 *
 * Never blocking: a printer that is out of paper takes no more data, and a blocking write would hold one of Node's
 * four I/O threads until somebody brings paper. A job that is stuck that way keeps its place: closing the device would
 * cut it in two, while left alone it is printed when there is paper. Until then nothing else is let through.
 */
export function createFileLinks(path: string, clock: Clock): LinkSource {
  let held: FileHandle | undefined;

  return {
    async open() {
      try {
        const kind = await kindOf(path);
        const wasStuck = held !== undefined;
        const file = held ?? (await open(path, kind.flags));
        held = undefined;
        return linkTo(file, { answers: kind.answers, wasStuck }, clock, () => {
          held = file;
        });
      } catch (error) {
        throw faultOf(error);
      }
    },
    async close() {
      await held?.close().catch(() => undefined);
      held = undefined;
    },
  };
}

/** Without O_CREAT: a printer that is unplugged must not become a file of that name, which takes receipts silently. */
async function kindOf(path: string): Promise<{ readonly flags: number; readonly answers: boolean }> {
  const { O_WRONLY, O_RDWR, O_APPEND, O_NONBLOCK, O_NOCTTY } = constants;
  const found = await stat(path);
  if (found.isDirectory()) throw new DeviceFault('faulty', `${path} is a folder`);
  if (found.isCharacterDevice()) return { flags: O_RDWR | O_NONBLOCK | O_NOCTTY, answers: true };
  return { flags: O_WRONLY | O_APPEND | O_NONBLOCK, answers: false };
}

interface LinkNature {
  readonly answers: boolean;
  /** An earlier job is still in there. */
  readonly wasStuck: boolean;
}

function linkTo(file: FileHandle, { answers, wasStuck }: LinkNature, clock: Clock, hold: () => void): Link {
  const closed = new AbortController();
  const end = Promise.withResolvers<DeviceFault | undefined>();
  let listener: (bytes: Uint8Array) => void = () => undefined;
  let taken = 0;
  let stuck = wasStuck;
  let gone: Promise<void> | undefined;
  const reading = answers ? readOn() : Promise.resolve();

  return {
    answers,
    taken: () => taken,
    ended: end.promise,
    listen(to) {
      listener = to;
    },
    async write(bytes, giveUp) {
      for (let rest = bytes; rest.length > 0; ) {
        const count = await writeSome(rest);
        taken += count;
        rest = rest.subarray(count);
        stuck = count === 0;
        if (!stuck) continue;
        if (giveUp.aborted || closed.signal.aborted)
          throw new DeviceFault('faulty', 'it takes no more data: out of paper, or cover open');
        await clock.sleep(AGAIN_MS, giveUp);
      }
    },
    close,
    abandon: close,
  };

  /** A printer that is unplugged takes a part and says nothing, and refuses the next part: so count. */
  async function writeSome(bytes: Uint8Array): Promise<number> {
    try {
      return (await file.write(bytes)).bytesWritten;
    } catch (error) {
      if (isAgain(error)) return 0;
      stuck = false;
      throw faultOf(error);
    }
  }

  async function readOn(): Promise<void> {
    const chunk = new Uint8Array(256);
    while (!closed.signal.aborted) {
      try {
        const { bytesRead } = await file.read(chunk);
        if (bytesRead > 0) listener(chunk.slice(0, bytesRead));
      } catch (error) {
        // EINVAL: this printer cannot speak.
        if ((error as NodeJS.ErrnoException).code === 'EINVAL') return;
        if (!isAgain(error)) return end.resolve(faultOf(error));
      }
      await clock.sleep(AGAIN_MS, closed.signal);
    }
  }

  function close(): Promise<void> {
    gone ??= leave();
    return gone;
  }

  async function leave(): Promise<void> {
    closed.abort();
    await reading;
    end.resolve(undefined);
    if (stuck) hold();
    else await file.close().catch(() => undefined);
  }
}

function isAgain(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'EAGAIN';
}
