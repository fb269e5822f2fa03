import type { Secret } from '../../core/secret.ts';
import {
  hasJustBegun,
  isLikelyScan,
  WEDGE_IDLE,
  type WedgeEffect,
  type WedgeState,
  wakeAt,
  wedgeKey,
  wedgePause,
} from '../../core/wedge.ts';
import { focusedControl, type TextField, takeFieldSnapshot, textFieldAt } from './focus.ts';

export interface WedgeListenerOptions {
  readonly page: Window;
  onScan(text: Secret): void;
  /** A key that a person pressed. True: it is taken, and the page does nothing with it. */
  onKey(name: string): boolean;
  /** A scan was eaten by an input method. */
  onIme(): void;
}

/**
 * Listens to every key before the page does, and tells a scanner's from a person's. A person's keys go to `onKey`,
 * never into the page by themselves; where a text field has the focus, they go into it as usual, and a scan is taken
 * out of it again. Returns the function that ends it.
 */
export function listenForWedge({ page, onScan, onKey, onIme }: WedgeListenerOptions): () => void {
  let state: WedgeState = WEDGE_IDLE;
  /** The text field in which the present run of keys began, as it was before the first of them. */
  let field: TextField | undefined;
  let timer: number | undefined;
  /**
   * How late the last key was delivered. The next one is as late, and may be later still: only when twice as much has
   * passed does its absence mean anything.
   */
  let lagMs = 0;

  function hear(event: KeyboardEvent): void {
    if (isModified(event)) return;
    lagMs = Math.max(0, page.performance.now() - event.timeStamp);
    const target = textFieldAt(event);
    const control = focusedControl(page.document);
    // Space presses the button that the keyboard has walked to; no code begins with a blank.
    if (event.key === ' ' && control !== undefined && state.run === undefined) return;
    const before = target === undefined ? undefined : takeFieldSnapshot(target);
    const fieldOfEarlier = field;
    const step = wedgeKey(state, {
      code: event.code,
      key: event.key,
      keyCode: event.keyCode,
      shift: event.shiftKey,
      at: event.timeStamp,
      isComposing: event.isComposing,
      repeat: event.repeat,
    });
    state = step.state;
    if (hasJustBegun(state)) field = before;
    const swallow =
      step.verdict === 'hold' && (target === undefined || isLikelyScan(state) || state.scannedAt !== undefined);
    if (swallow) keepFromPage(event);
    const own = step.verdict === 'pass' && target === undefined;
    const effects = step.verdict === 'pass' && target !== undefined ? withoutLastKey(step.effects) : step.effects;
    apply(effects, fieldOfEarlier, own && !(event.key === 'Enter' && control !== undefined) ? event : undefined);
    schedule();
  }

  /** `own`: the event whose key is the last of the effects, when that is one of a person for the till. */
  function apply(
    effects: readonly WedgeEffect[],
    inField: TextField | undefined,
    own: KeyboardEvent | undefined,
  ): void {
    for (const effect of effects) {
      if (effect.type === 'typed') {
        for (const key of effect.keys) {
          const isOwn = own !== undefined && effect === effects.at(-1) && key === own.key;
          if (!isOwn && inField === undefined) onKey(key);
          if (isOwn && onKey(key)) keepFromPage(own);
        }
        continue;
      }
      inField?.restore();
      if (effect.type === 'scan') onScan(effect.text);
      else {
        inField?.leave();
        onIme();
      }
    }
  }

  function schedule(): void {
    page.clearTimeout(timer);
    const due = wakeAt(state);
    if (due !== undefined) timer = page.setTimeout(pause, Math.max(0, due + 2 * lagMs - page.performance.now()));
  }

  function pause(): void {
    // Keys that wait behind a busy moment of the page have their own, earlier times: hear them first.
    if (page.navigator.scheduling?.isInputPending?.() === true) {
      timer = page.setTimeout(pause, 0);
      return;
    }
    const step = wedgePause(state, page.performance.now());
    state = step.state;
    apply(step.effects, field, undefined);
    schedule();
  }

  page.addEventListener('keydown', hear, { capture: true });
  return () => {
    page.clearTimeout(timer);
    page.removeEventListener('keydown', hear, { capture: true });
  };
}

declare global {
  interface Navigator {
    /** Chromium only. */
    readonly scheduling?: { isInputPending?(): boolean };
  }
}

/** The key that a person presses in a text field, Enter and Escape too, is the field's and not the till's. */
function withoutLastKey(effects: readonly WedgeEffect[]): readonly WedgeEffect[] {
  const last = effects.at(-1);
  return last?.type === 'typed' ? [...effects.slice(0, -1), { ...last, keys: last.keys.slice(0, -1) }] : effects;
}

const MODIFIERS: readonly string[] = [
  'Shift',
  'Control',
  'Alt',
  'AltGraph',
  'Meta',
  'CapsLock',
  'NumLock',
  'ScrollLock',
  'Fn',
];

function isModified(event: KeyboardEvent): boolean {
  return event.ctrlKey || event.altKey || event.metaKey || MODIFIERS.includes(event.key);
}

function keepFromPage(event: KeyboardEvent): void {
  event.preventDefault();
  event.stopImmediatePropagation();
}
