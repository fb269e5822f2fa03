import { spawn } from 'node:child_process';

/** What came of starting Electron. */
export type ElectronRun =
  | { readonly ran: true; readonly exitCode: number }
  /** It could not run at all here: the kiosk host still can. */
  | { readonly ran: false; readonly why: string };

/** The shell's and the loader's codes for "not executable" and "a library is missing". */
const COULD_NOT_RUN = [126, 127];

/**
 * Runs the Electron host to its end. Signals go on to it.
 *
 * @param appDir the folder whose package.json names out/main/electron.js.
 */
export function runElectron(binary: string, appDir: string, args: readonly string[]): Promise<ElectronRun> {
  return new Promise((resolve) => {
    const child = spawn(binary, [appDir, ...args], { stdio: 'inherit' });
    const forward = (signal: NodeJS.Signals) => child.kill(signal);
    // A terminal sends Ctrl+C to Electron as well; here it must only not end us before Electron has ended.
    const interrupted = () => process.stdin.isTTY || child.kill('SIGINT');
    process.on('SIGTERM', forward).on('SIGHUP', forward).on('SIGINT', interrupted);
    const finish = (run: ElectronRun) => {
      process.off('SIGTERM', forward).off('SIGHUP', forward).off('SIGINT', interrupted);
      resolve(run);
    };
    child.once('error', (error) => finish({ ran: false, why: `${binary} could not be started: ${error.message}` }));
    child.once('exit', (code) => {
      if (code !== null && COULD_NOT_RUN.includes(code)) {
        finish({
          ran: false,
          why: `${binary} cannot run here (code ${code}): a library is missing, or it is made for another system`,
        });
      } else {
        finish({ ran: true, exitCode: code ?? 1 });
      }
    });
  });
}
