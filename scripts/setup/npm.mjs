import { run } from './steps.mjs';

/** Runs npm: the very one that called us, else the one on the PATH. (Under npx the variable names npx itself.) */
export function npm(args, options) {
  const ours = process.env.npm_execpath;
  if (ours !== undefined && /npm-cli\.js$/.test(ours)) return run(process.execPath, [ours, ...args], options);
  return process.platform === 'win32' ? run('cmd.exe', ['/c', 'npm', ...args], options) : run('npm', args, options);
}
