import {
  checkCertificate,
  checkClock,
  checkData,
  checkElectron,
  checkGateway,
  checkNode,
  checkSqlite,
} from '../doctor/checks.ts';
import { checkHid, checkPrinter, checkScanner, checkSerial } from '../doctor/device-checks.ts';
import type { Finding } from '../doctor/finding.ts';
import { checkUpload } from '../doctor/upload-check.ts';
import type { Output } from './output.ts';

export interface DoctorOptions {
  readonly dataDir: string;
  readonly scanner?: string | undefined;
  readonly printer?: string | undefined;
}

const MARKS: Readonly<Record<Finding['state'], string>> = { ok: '✓', warn: '!', fail: '✗' };

/**
 * `saoma doctor`: what works on this machine, and how to mend what does not. Looks, and changes nothing.
 *
 * @returns 0 unless something that selling needs has failed.
 */
export async function doctor(options: DoctorOptions, output: Output): Promise<number> {
  const checks: Readonly<Record<string, () => Promise<Finding> | Finding>> = {
    node: checkNode,
    sqlite: checkSqlite,
    data: () => checkData(options.dataDir),
    certificate: () => checkCertificate(options.dataDir),
    gateway: () => checkGateway(options.dataDir),
    upload: () => checkUpload(options.dataDir),
    clock: () => checkClock(options.dataDir),
    serial: checkSerial,
    hid: checkHid,
    scanner: () => checkScanner(options),
    printer: () => checkPrinter(options),
    electron: checkElectron,
  };
  let failed = 0;
  for (const [name, check] of Object.entries(checks)) {
    const { state, says, mend } = await check();
    if (state === 'fail') failed++;
    const words = { says: says[output.language], ...(mend ? { mend: mend[output.language] } : {}) };
    output.emit({ event: 'check', name, state, ...words });
    output.say(`${MARKS[state]} ${name.padEnd(12)} ${words.says}`);
    if (words.mend) output.say(`               → ${words.mend}`);
  }
  output.emit({ event: 'done', failed });
  return failed === 0 ? 0 : 1;
}
