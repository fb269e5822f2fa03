/** A text field as it was at one moment. */
export interface TextField {
  /** Puts its text back, in a way that the field's owner notices. */
  restore(): void;
  /** Takes the focus away, which also ends what an input method has half written. */
  leave(): void;
}

type Field = HTMLInputElement | HTMLTextAreaElement;

const TEXTLESS_INPUTS: readonly string[] = ['button', 'checkbox', 'color', 'file', 'radio', 'range', 'reset', 'submit'];

/** The text field that would receive this key. */
export function textFieldAt(event: Event): Field | undefined {
  const [target] = event.composedPath();
  if (target instanceof HTMLTextAreaElement) return target.readOnly ? undefined : target;
  if (!(target instanceof HTMLInputElement) || target.readOnly) return undefined;
  return TEXTLESS_INPUTS.includes(target.type) ? undefined : target;
}

export function takeFieldSnapshot(element: Field): TextField {
  const { value, selectionStart, selectionEnd } = element;
  return {
    restore() {
      if (element.value === value) return;
      setValue(element, value);
      if (selectionStart !== null) element.setSelectionRange(selectionStart, selectionEnd);
    },
    leave: () => element.blur(),
  };
}

/** The button or link that the keyboard has walked to. Pointers never leave the focus on one (see `keepFocusFree`). */
export function focusedControl(page: Document): HTMLElement | undefined {
  const { activeElement } = page;
  return activeElement instanceof HTMLElement && activeElement.matches('button, a[href], [role="button"]')
    ? activeElement
    : undefined;
}

/**
 * A press by mouse or finger does not move the focus to a button, and takes it from where the keyboard had put it:
 * otherwise the next Enter, a scanner's too, would press that button again. Returns the function that ends it.
 */
export function keepFocusFree(page: Window): () => void {
  const press = (event: MouseEvent): void => {
    if (!(event.target instanceof Element) || event.target.closest('button, a[href], [role="button"]') === null) return;
    event.preventDefault();
    focusedControl(page.document)?.blur();
  };
  page.addEventListener('mousedown', press, { capture: true });
  return () => page.removeEventListener('mousedown', press, { capture: true });
}

/** Past React's own bookkeeping of the value, so that a controlled field hears of the change. */
function setValue(element: Field, value: string): void {
  const prototype = element instanceof HTMLInputElement ? HTMLInputElement.prototype : HTMLTextAreaElement.prototype;
  Object.getOwnPropertyDescriptor(prototype, 'value')?.set?.call(element, value);
  element.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'historyUndo' }));
}
