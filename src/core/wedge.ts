import { Secret } from './secret.ts';

/*
 * Telling a keyboard-wedge scanner from a person by rhythm alone. A scanner is a keyboard that types a whole code in
 * one burst; a person cannot. Pure: key in, verdict and effects out. Keys are held back until it is certain whose they
 * are, so that no digit of a payment code ever lands in an amount, and no key of a person is ever lost.
 */

/** Keys of one scan are never further apart (ms). Honeywell ≈ 10, Chinese makes 8–16, people > 80. */
export const SCAN_GAP_MS = 50;
/** This silence after the last character ends a scan whose scanner sends no Enter (ms). */
export const SCAN_PAUSE_MS = 100;
/**
 * A burst that only a machine can type is a scan under way, however short it is yet: a busy computer may hold the rest
 * of it up for so long (ms), and what would be taken for a person's digits then is the head of a payment code.
 */
export const SCAN_STALL_MS = 400;
/** Three keys or more, on average no further apart than this (ms), were not pressed by fingers. */
const MACHINE_GAP_MS = 20;
const MACHINE_LENGTH_MIN = 3;
/** Nobody types eight keys in a row this fast. */
export const SCAN_LENGTH_MIN = 8;
/** Seven digits and two decimals, twice, and a plus: no longer is taken for an amount. */
const AMOUNT_LENGTH_MAX = 21;
/** An input method hides some of a scanner's keys: this many in one burst are enough to know. */
const IME_BURST_MIN = 4;
/** A longer burst is no code: a stuck scanner, or a document. What is beyond is dropped. */
const SCAN_LENGTH_MAX = 4096;

/** What the detector needs of a keydown. `at` is the event's own time in ms, so a busy page does not bend the rhythm. */
export interface WedgeKey {
  readonly code: string;
  readonly key: string;
  readonly keyCode: number;
  readonly shift: boolean;
  readonly at: number;
  readonly isComposing: boolean;
  readonly repeat: boolean;
}

export type WedgeEffect =
  /** A scan, without its terminator. Wrapped at once: it may be a payment code. */
  | { readonly type: 'scan'; readonly text: Secret }
  /** Keys a person pressed, in order: single characters, or names such as "Enter" and "Backspace". */
  | { readonly type: 'typed'; readonly keys: readonly string[] }
  /** A scan went through an input method, which ate part of it: the cashier has to scan again. */
  | { readonly type: 'ime' };

export interface WedgeStep {
  readonly state: WedgeState;
  readonly effects: readonly WedgeEffect[];
  /** hold: the page must not see this key (yet, or ever). pass: it is a person's; the page may have it too. */
  readonly verdict: 'hold' | 'pass';
}

interface Run {
  /** In the order pressed. Only characters count towards a scan; named keys in between are a person's. */
  readonly held: readonly string[];
  readonly chars: number;
  readonly imeKeys: number;
  readonly firstAt: number;
  readonly lastAt: number;
}

export interface WedgeState {
  readonly run?: Run;
  /** When the last scan ended: a second terminator right behind it belongs to it. */
  readonly scannedAt?: number;
}

export const WEDGE_IDLE: WedgeState = {};

/** One keydown. Modifier keys and key combinations must not be given here: a scanner's Shift says nothing. */
export function wedgeKey(state: WedgeState, key: WedgeKey): WedgeStep {
  const late = state.run !== undefined && key.at - state.run.lastAt > quietMs(state.run, key);
  if (late) return after(endRun(state), key);
  if (isIme(key)) return imeKey(state, key);
  const character = characterOf(key);
  if (key.repeat) return { state, effects: [], verdict: character === undefined ? 'pass' : 'hold' };
  if (character !== undefined) return { state: held(state, character, key.at, 1), effects: [], verdict: 'hold' };
  if (isTerminator(key)) return terminator(state, key);
  if (state.run === undefined) return { state, effects: [{ type: 'typed', keys: [key.key] }], verdict: 'pass' };
  return { state: held(state, key.key, state.run.lastAt, 0), effects: [], verdict: 'hold' };
}

/** Time has passed without a key: ask at `wakeAt`. */
export function wedgePause(state: WedgeState, at: number): WedgeStep {
  const due = wakeAt(state);
  return due === undefined || at < due ? { state, effects: [], verdict: 'pass' } : endRun(state);
}

/** When the keys held back have to be decided at the latest; undefined when none are. */
export function wakeAt(state: WedgeState): number | undefined {
  const { run } = state;
  if (run === undefined) return undefined;
  return run.lastAt + patienceMs(run) + 1;
}

function patienceMs(run: Run): number {
  if (looksScanned(run)) return SCAN_PAUSE_MS;
  return isMachines(run) ? SCAN_STALL_MS : SCAN_GAP_MS;
}

function isMachines({ chars, firstAt, lastAt }: Run): boolean {
  return chars >= MACHINE_LENGTH_MIN && lastAt - firstAt <= MACHINE_GAP_MS * (chars - 1);
}

/** So many keys so fast: from here on a text field must not have them either. */
export function isLikelyScan(state: WedgeState): boolean {
  return state.run !== undefined && looksScanned(state.run);
}

/** True while the present burst consists of one key: the moment to remember what a text field held before it. */
export function hasJustBegun({ run }: WedgeState): boolean {
  return run !== undefined && run.held.length + run.imeKeys === 1;
}

/** A terminator may lag behind the code it ends; a character may not. */
function quietMs(run: Run, key: WedgeKey): number {
  return isTerminator(key) && looksScanned(run) ? SCAN_PAUSE_MS : SCAN_GAP_MS;
}

function terminator(state: WedgeState, key: WedgeKey): WedgeStep {
  const { run, scannedAt } = state;
  if (run !== undefined && looksScanned(run)) {
    const { effects } = endRun(state);
    return { state: { scannedAt: key.at }, effects, verdict: 'hold' };
  }
  // CR and LF arrive as two Enters: the second must not press a button.
  if (run === undefined && scannedAt !== undefined && key.at - scannedAt <= SCAN_GAP_MS) {
    return { state, effects: [], verdict: 'hold' };
  }
  if (key.repeat) return { state, effects: [], verdict: 'pass' };
  return { state: {}, effects: [{ type: 'typed', keys: [...(run?.held ?? []), key.key] }], verdict: 'pass' };
}

/** The input method has this key and will make of it what it likes: all that can be learned is the rhythm. */
function imeKey(state: WedgeState, key: WedgeKey): WedgeStep {
  if (key.repeat) return { state, effects: [], verdict: 'pass' };
  const run = state.run ?? { held: [], chars: 0, imeKeys: 0, firstAt: key.at, lastAt: key.at };
  const next = { ...run, imeKeys: run.imeKeys + 1, lastAt: key.at };
  if (isTerminator(key) && looksScanned(next)) {
    const { effects } = endRun({ run: next });
    return { state: { scannedAt: key.at }, effects, verdict: 'hold' };
  }
  return { state: { ...state, run: next }, effects: [], verdict: 'pass' };
}

function held(state: WedgeState, key: string, at: number, chars: 0 | 1): WedgeState {
  const run = state.run ?? { held: [], chars: 0, imeKeys: 0, firstAt: at, lastAt: at };
  const full = run.held.length >= SCAN_LENGTH_MAX;
  return { run: { ...run, held: full ? run.held : [...run.held, key], chars: run.chars + chars, lastAt: at } };
}

function endRun(state: WedgeState): WedgeStep {
  const { run } = state;
  if (run === undefined) return { state, effects: [], verdict: 'pass' };
  if (!looksScanned(run)) {
    return { state: {}, effects: run.held.length > 0 ? [{ type: 'typed', keys: run.held }] : [], verdict: 'hold' };
  }
  const persons = run.held.filter(isNamed);
  const scan: WedgeEffect =
    run.imeKeys > 0
      ? { type: 'ime' }
      : { type: 'scan', text: new Secret(run.held.filter((key) => !isNamed(key)).join('')) };
  const effects: WedgeEffect[] = persons.length > 0 ? [scan, { type: 'typed', keys: persons }] : [scan];
  return { state: { scannedAt: run.lastAt }, effects, verdict: 'hold' };
}

/** The step of `key` after an earlier step, with the effects of both in order. */
function after(earlier: WedgeStep, key: WedgeKey): WedgeStep {
  const step = wedgeKey(earlier.state, key);
  return { ...step, effects: [...earlier.effects, ...step.effects] };
}

function looksScanned(run: Run): boolean {
  if (run.imeKeys > 0) return run.chars + run.imeKeys >= IME_BURST_MIN;
  return run.chars >= SCAN_LENGTH_MIN && !isAmount(run);
}

/** "9999999.99", "12.30+4.50": an amount however fast it came, and no code that a till could do anything with. */
function isAmount(run: Run): boolean {
  if (run.chars > AMOUNT_LENGTH_MAX) return false;
  const text = run.held.filter((key) => !isNamed(key)).join('');
  return /[.+]/.test(text) && /^\d{1,7}(\.\d{0,2})?(\+\d{0,7}(\.\d{0,2})?)*$/.test(text);
}

function isIme(key: WedgeKey): boolean {
  return key.isComposing || key.keyCode === 229 || key.key === 'Process';
}

/** By place as well as by meaning: under an input method Enter's meaning is "Process". */
function isTerminator(key: WedgeKey): boolean {
  return key.key === 'Enter' || key.key === 'Tab' || key.code === 'Enter' || key.code === 'NumpadEnter';
}

/**
 * Digits by the key's place, so that NumLock, a French layout or an input method's full width change nothing; the rest
 * by what the key means, brought back to plain width.
 */
function characterOf(key: WedgeKey): string | undefined {
  const [, place, digit] = /^(Digit|Numpad)(\d)$/.exec(key.code) ?? [];
  if (place === 'Numpad' || (place === 'Digit' && !key.shift)) return digit;
  return isNamed(key.key) ? undefined : key.key.normalize('NFKC');
}

/** "Enter", "Backspace", "F4": a name, not a character. */
function isNamed(key: string): boolean {
  return /^[A-Z][A-Za-z0-9]+$/.test(key);
}
