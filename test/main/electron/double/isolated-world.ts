export const ISOLATED_WORLD = 'Electron Isolated Context';
/** The one way out of the isolated world; the page cannot see it. */
export const TO_MAIN = '__toMain';
export const FROM_MAIN = '__fromMain';

/** What crosses between the isolated world and main, as JSON. */
export type Crossing =
  | { readonly kind: 'ipc'; readonly channel: string; readonly message: unknown; readonly ports: readonly string[] }
  | { readonly kind: 'port'; readonly port: string; readonly message: unknown };

/**
 * The preload as it runs in a page: in a world of its own, with the few modules that Electron's sandbox offers and an
 * error for any other. Ports are real MessagePorts in the page, pumped to main as JSON; the `close` event that
 * Electron adds to them, Chromium does not have.
 */
export function isolatedWorldSource(preloadSource: string): string {
  return `(${inIsolatedWorld.toString()})((module, exports, require) => {${preloadSource}\n}, ${JSON.stringify({ TO_MAIN, FROM_MAIN })})`;
}

type Listener = (event: { ports: MessagePort[]; senderId: number }, message: unknown) => void;

/** Runs in the browser: it is turned into text, so it can use nothing from outside itself. Frames get no preload. */
function inIsolatedWorld(
  preload: (module: object, exports: object, require: (name: string) => unknown) => void,
  names: { readonly TO_MAIN: typeof TO_MAIN; readonly FROM_MAIN: typeof FROM_MAIN },
): void {
  if (window !== window.top) return;
  const world = globalThis as unknown as {
    [TO_MAIN](crossing: string): void;
    [FROM_MAIN](crossing: Crossing): void;
  };
  const listeners = new Map<string, Listener[]>();
  const ports = new Map<string, MessagePort>();
  const tell = (crossing: Crossing) => world[names.TO_MAIN](JSON.stringify(crossing));

  const open = (id: string): MessagePort => {
    const { port1, port2 } = new MessageChannel();
    ports.set(id, port1);
    port1.onmessage = ({ data }) => tell({ kind: 'port', port: id, message: data });
    return port2;
  };

  world[names.FROM_MAIN] = (crossing) => {
    if (crossing.kind === 'port') return ports.get(crossing.port)?.postMessage(crossing.message);
    const event = { ports: crossing.ports.map(open), senderId: 0 };
    for (const listener of listeners.get(crossing.channel) ?? []) listener(event, crossing.message);
  };

  const ipcRenderer = {
    on: (channel: string, listener: Listener) => listeners.set(channel, [...(listeners.get(channel) ?? []), listener]),
    send: (channel: string, message?: unknown) => tell({ kind: 'ipc', channel, message, ports: [] }),
  };
  const require = (name: string) => {
    if (name === 'electron') return { ipcRenderer };
    throw new Error(`module not found: ${name}`);
  };
  preload({}, {}, require);
}
