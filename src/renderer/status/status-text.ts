import type { DeviceView, HostLineView, StatusView } from '../../contract/types.ts';
import { beijingTime } from '../../core/time.ts';
import type { Messages } from '../i18n/messages.ts';

/** How one part of the till is: a short word, and when it is not well what to do about it. */
export interface PartStatus {
  readonly part: 'scanner' | 'printer' | 'line' | 'certificate' | 'backup';
  readonly name: string;
  readonly well: boolean;
  /** Nothing to say but "fine": a tick will do. */
  readonly quiet?: boolean;
  /** Not well, and nothing that hurts today: said without raising the voice. */
  readonly calm?: boolean;
  readonly word: string;
  readonly mend?: string;
  /** For whoever looks closer, a line each: how each of the gateway's hosts is. */
  readonly details?: readonly string[];
}

export function partsOf(status: StatusView, windowFocused: boolean, words: Messages): readonly PartStatus[] {
  return [
    scannerStatus(status.scanner, windowFocused, words),
    deviceStatus(status.printer, words),
    lineStatus(status, words),
  ];
}

/** Beyond this the clock is worth a word: WeChat Pay refuses requests that are minutes off. */
const DRIFT_MAX_MS = 60_000;

export function isClockWrong({ clockDriftMs }: StatusView): boolean {
  return Math.abs(clockDriftMs) > DRIFT_MAX_MS;
}

/** Without a scanner of its own the till reads one that types, and that one needs this window in front. */
function scannerStatus(device: DeviceView, windowFocused: boolean, words: Messages): PartStatus {
  if (device.state !== 'none') return deviceStatus(device, words);
  const { status } = words;
  const shown = { part: 'scanner', name: status.scanner, word: status.keyboardScanner } as const;
  return windowFocused ? { ...shown, well: true } : { ...shown, well: false, mend: status.unfocused };
}

function deviceStatus({ kind, name, state }: DeviceView, { status }: Messages): PartStatus {
  const shown = { part: kind, name: status[kind] };
  if (state === 'ready' && name === 'virtual') return { ...shown, well: true, word: status.virtual };
  if (state === 'ready') return { ...shown, well: true, quiet: true, word: status.device.ready };
  if (state === 'none') return { ...shown, well: true, word: status.device.none };
  const mend = status.mend[kind][state];
  return { ...shown, well: false, word: status.device[state], ...(mend === '' ? {} : { mend }) };
}

function lineStatus({ line, lineHosts }: StatusView, words: Messages): PartStatus {
  const { status } = words;
  const details = lineHosts.map((host) => hostText(host, words));
  const shown = { part: 'line', name: status.line, word: status.lineState[line], details } as const;
  return line === 'shaky' || line === 'offline'
    ? { ...shown, well: false, mend: status.lineMend[line] }
    : { ...shown, well: true, quiet: line === 'online' };
}

function hostText({ name, state, lastAnsweredAt, lastFailure }: HostLineView, { status }: Messages): string {
  const clockTime = (at: number) => beijingTime(at).slice(11);
  return [
    `${name} ${status.lineState[state]}`,
    ...(lastAnsweredAt === undefined ? [] : [status.lineAnswered(clockTime(lastAnsweredAt))]),
    ...(lastFailure === undefined ? [] : [status.lineFailed(clockTime(lastFailure.at), lastFailure.detail)]),
  ].join(' · ');
}
