import path from 'node:path';
import { hostTerminal, type RunningKiosk } from './kiosk/host.ts';
import { createSystemClock } from './system-clock.ts';
import { createTerminal, type TerminalOptions } from './terminal.ts';

export interface KioskRunOptions extends Omit<TerminalOptions, 'host'> {
  /** 0 takes any free port. */
  readonly port: number;
  /** Open a window, where there is a display and a browser. */
  readonly open: boolean;
  readonly fullscreen?: boolean;
  /** Lines for a person: the launch link, and what became of the window. */
  readonly print: (line: string) => void;
  /** The renderer's build; beside the bundle unless a test has its own. */
  readonly rendererDir?: string;
}

/**
 * Host 2: a plain Node process that shows its terminal on 127.0.0.1, to a browser.
 *
 * @throws Trouble when the terminal cannot start or the port is taken; nothing is left open then.
 */
export async function runKiosk(options: KioskRunOptions): Promise<RunningKiosk> {
  const terminal = await createTerminal({ ...options, host: 'kiosk' });
  const rendererDir = options.rendererDir ?? path.join(import.meta.dirname, '../renderer');
  try {
    return await hostTerminal(terminal, { ...options, rendererDir, clock: createSystemClock() });
  } catch (error) {
    await terminal.close();
    throw error;
  }
}
