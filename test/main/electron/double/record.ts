/** One thing that the main bundle asked of Electron, for tests to look at. */
export interface Entry {
  readonly what: string;
  readonly detail: unknown;
}

const entries: Entry[] = [];

/** Notes a call that has no effect in the double beyond having been made. */
export function record(what: string, detail: unknown = null): void {
  entries.push({ what, detail: JSON.parse(JSON.stringify(detail)) });
}

export function recorded(): readonly Entry[] {
  return entries;
}

/** An event that its listeners may prevent, as Electron's are. */
export class PreventableEvent {
  defaultPrevented = false;

  preventDefault(): void {
    this.defaultPrevented = true;
  }
}
