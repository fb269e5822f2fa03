import type { Overlays } from './overlays.ts';
import type { DeskControl } from './sale/desk-control.ts';
import { deskKey } from './sale/desk-keys.ts';
import { focusedControl, keepFocusFree } from './scanner/focus.ts';
import { listenForWedge } from './scanner/wedge-listener.ts';

/** Browsers have no use of their own for these. */
export const HELD_KEY = 'F8';
export const STATIC_KEY = 'F9';

/** Where every key goes: a scanner's to the terminal, Escape to what lies on top, a person's to the sale. */
export function routeKeys(page: Window, desk: DeskControl, overlays: Overlays): void {
  keepFocusFree(page);
  listenForWedge({
    page,
    onScan: (text) => desk.scan(text),
    onIme: () => desk.tell({ code: 'IME' }),
    onKey(name) {
      if (name === 'Escape' && overlays.closeTop()) return true;
      if (name === HELD_KEY || name === STATIC_KEY) {
        if (name === HELD_KEY) overlays.toggleHeld();
        else overlays.toggleStatic();
        return true;
      }
      const key = deskKey(name);
      if (key === undefined) return false;
      // Who types an amount has left the button that the keyboard had walked to.
      focusedControl(page.document)?.blur();
      desk.press(key);
      return true;
    },
  });
}
