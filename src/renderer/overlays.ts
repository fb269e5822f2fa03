import { createCell, type Live } from './live/cell.ts';

/** What lies over a part of the screen; at most one side panel, and the settings above it. None blocks the sale. */
export interface OpenOverlays {
  readonly side?:
    | { readonly type: 'story'; readonly saleId: string }
    | { readonly type: 'queue' }
    | { readonly type: 'find' }
    | { readonly type: 'shift' }
    | { readonly type: 'held' }
    | { readonly type: 'static' }
    | { readonly type: 'demo' };
  readonly settings: boolean;
}

export interface Overlays extends Live<OpenOverlays> {
  toggleStory(saleId: string): void;
  /** As when a receipt is scanned: it is there afterwards, whether or not it was before. */
  showStory(saleId: string): void;
  toggleQueue(): void;
  toggleFind(): void;
  toggleShift(): void;
  toggleHeld(): void;
  toggleStatic(): void;
  toggleDemo(): void;
  toggleSettings(): void;
  /** Closes the topmost. False when there was none. */
  closeTop(): boolean;
  closeSide(): void;
}

export function createOverlays(): Overlays {
  const cell = createCell<OpenOverlays>({ settings: false });
  const settings = (): boolean => cell.get().settings;
  return {
    get: cell.get,
    subscribe: cell.subscribe,
    toggleStory(saleId) {
      const { side } = cell.get();
      const isOpen = side?.type === 'story' && side.saleId === saleId;
      cell.set(isOpen ? { settings: settings() } : { side: { type: 'story', saleId }, settings: settings() });
    },
    showStory(saleId) {
      cell.set({ side: { type: 'story', saleId }, settings: settings() });
    },
    toggleFind() {
      const isOpen = cell.get().side?.type === 'find';
      cell.set(isOpen ? { settings: settings() } : { side: { type: 'find' }, settings: settings() });
    },
    toggleQueue() {
      const isOpen = cell.get().side?.type === 'queue';
      cell.set(isOpen ? { settings: settings() } : { side: { type: 'queue' }, settings: settings() });
    },
    toggleShift() {
      const isOpen = cell.get().side?.type === 'shift';
      cell.set(isOpen ? { settings: settings() } : { side: { type: 'shift' }, settings: settings() });
    },
    toggleHeld() {
      const isOpen = cell.get().side?.type === 'held';
      cell.set(isOpen ? { settings: settings() } : { side: { type: 'held' }, settings: settings() });
    },
    toggleStatic() {
      const isOpen = cell.get().side?.type === 'static';
      cell.set(isOpen ? { settings: settings() } : { side: { type: 'static' }, settings: settings() });
    },
    toggleDemo() {
      const isOpen = cell.get().side?.type === 'demo';
      cell.set(isOpen ? { settings: settings() } : { side: { type: 'demo' }, settings: settings() });
    },
    toggleSettings() {
      cell.set({ ...cell.get(), settings: !settings() });
    },
    closeTop() {
      const open = cell.get();
      if (open.settings) cell.set({ ...open, settings: false });
      else if (open.side) cell.set({ settings: false });
      else return false;
      return true;
    },
    closeSide() {
      cell.set({ settings: settings() });
    },
  };
}
