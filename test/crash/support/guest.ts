import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { eventually, within } from '../../fixtures/eventually.ts';

/** A server in a process of its own that can die, freeze, and come back at the same port. */
export interface Guest extends AsyncDisposable {
  readonly port: number;
  /** SIGKILL, and its end. */
  kill(): Promise<void>;
  /** Starts it again where it was; nothing happens when it runs. */
  revive(): Promise<void>;
  /** SIGSTOP and SIGCONT: it is there, and says nothing. */
  freeze(): void;
  thaw(): void;
  /** Sends a message and waits for the answer. */
  ask(question: string): Promise<unknown>;
}

const START_MS = 60_000;

/** Starts a script of this folder as `node SCRIPT …args PORT`; it tells its parent the port when it is ready. */
export async function startGuest(script: string, args: readonly string[]): Promise<Guest> {
  let { child, port } = await launch(script, args, 0);

  async function kill(): Promise<void> {
    if (hasEnded(child)) return;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  }

  return {
    get port() {
      return port;
    },
    kill,
    async revive() {
      if (!hasEnded(child)) return;
      // On a busy machine another program may hold the port for a moment as its own end of some connection.
      ({ child, port } = await eventually(() => launch(script, args, port).catch(() => undefined), {
        what: `${script} at port ${port} again`,
        timeoutMs: START_MS,
      }));
    },
    freeze: () => void child.kill('SIGSTOP'),
    thaw: () => void child.kill('SIGCONT'),
    async ask(question) {
      const answer = once(child, 'message');
      child.send(question);
      const [message] = await within(answer, START_MS, `an answer of ${script}`);
      return message;
    },
    [Symbol.asyncDispose]: kill,
  };
}

async function launch(
  script: string,
  args: readonly string[],
  port: number,
): Promise<{ child: ChildProcess; port: number }> {
  // Without the runner's own flags, and with its complaints where a person can see them.
  const child = fork(path.join(import.meta.dirname, script), [...args, String(port)], { execArgv: [] });
  const failed = new AbortController();
  child.once('exit', () => failed.abort());
  try {
    const ready = once(child, 'message', { signal: failed.signal });
    const [message] = (await within(ready, START_MS, `the start of ${script}`)) as [{ port: number }];
    return { child, port: message.port };
  } catch (error) {
    child.kill('SIGKILL');
    throw error;
  }
}

function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null;
}
