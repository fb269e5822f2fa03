import { codeOf, wordsOf } from '../core/caught.ts';
import { DeviceTargetError } from '../devices/device-target-error.ts';
import { HostUnavailable } from './launch/decide-host.ts';
import { LedgerError, type LedgerErrorCode } from './ledger/errors.ts';
import { TROUBLE_TEXTS, type TroubleCode } from './trouble-texts.ts';

export type Language = 'zh' | 'en';

/** What went wrong, what it means for the money, what to do now. */
export interface ThreeLines {
  readonly happened: string;
  readonly money: string;
  readonly next: string;
}

/** Something that life did to us and that a person can mend. `detail` is the system's own words, without secrets. */
export class Trouble extends Error {
  override name = 'Trouble';
  readonly code: TroubleCode;
  readonly detail: string;

  constructor(code: TroubleCode, detail: string) {
    super(`${code}: ${detail}`);
    this.code = code;
    this.detail = detail;
  }
}

const LEDGER_CODES: Readonly<Record<LedgerErrorCode, TroubleCode>> = {
  IN_USE: 'DATA_IN_USE',
  NEWER_VERSION: 'DATA_NEWER',
  DAMAGED: 'DATA_DAMAGED',
  UNREADABLE: 'DATA_UNREADABLE',
  UNWRITABLE: 'DATA_UNWRITABLE',
  DISK_FULL: 'DISK_FULL',
  OTHER_TERMINAL: 'DATA_OTHER_TERMINAL',
};

const TARGET_CODES = { scanner: 'SCANNER_TARGET', printer: 'PRINTER_TARGET' } as const;

/** By name, so that a command line does not load the simulator only to know its errors. */
const SIMULATOR_CODES: Readonly<Record<string, TroubleCode>> = {
  ListenError: 'PORT_BUSY',
  LedgerFileError: 'SIMULATOR_DATA',
  CertificateFolderError: 'SIMULATOR_DATA',
};

/** Any error as something that can be said to a person; a bug becomes UNEXPECTED and keeps its message for support. */
export function troubleOf(error: unknown): Trouble {
  if (error instanceof Trouble) return error;
  if (error instanceof LedgerError) return new Trouble(LEDGER_CODES[error.code], `${error.path}: ${error.detail}`);
  if (error instanceof DeviceTargetError) return new Trouble(TARGET_CODES[error.kind], error.message);
  if (error instanceof HostUnavailable) return new Trouble('HOST_UNAVAILABLE', error.message);
  const simulated = error instanceof Error ? SIMULATOR_CODES[error.name] : undefined;
  if (simulated !== undefined) return new Trouble(simulated, wordsOf(error));
  const code = codeOf(error);
  const message = wordsOf(error);
  if (code === 'EADDRINUSE') return new Trouble('PORT_BUSY', message);
  if (code === 'ENOSPC') return new Trouble('DISK_FULL', message);
  return new Trouble('UNEXPECTED', message);
}

export function describeTrouble(trouble: Trouble, language: Language): ThreeLines {
  const text = TROUBLE_TEXTS[trouble.code];
  return { happened: text.happened[language], money: text.money[language], next: text.next[language] };
}

/** The language of a command line: Chinese when the system speaks it, else English. */
export function languageOf(env: Readonly<Record<string, string | undefined>>): Language {
  const locale = env.SAOMA_LANG ?? env.LC_ALL ?? env.LC_MESSAGES ?? env.LANG ?? '';
  return locale.toLowerCase().startsWith('zh') ? 'zh' : 'en';
}
