import { EventEmitter } from 'node:events';

type RequestHandler = (contents: unknown, permission: string, answer: (granted: boolean) => void) => void;
type ProtocolHandler = (request: Request) => Promise<Response> | Response;

/** `session.defaultSession`: like the real one it grants everything until it is told otherwise. */
export class SessionDouble extends EventEmitter {
  #onRequest: RequestHandler = (_contents, _permission, answer) => answer(true);
  #onCheck: () => boolean = () => true;
  #onDevice: () => boolean = () => true;
  readonly #protocols = new Map<string, ProtocolHandler>();

  readonly protocol = {
    handle: (scheme: string, handler: ProtocolHandler) => this.#protocols.set(scheme, handler),
  };

  setPermissionRequestHandler(handler: RequestHandler): void {
    this.#onRequest = handler;
  }

  setPermissionCheckHandler(handler: () => boolean): void {
    this.#onCheck = handler;
  }

  setDevicePermissionHandler(handler: () => boolean): void {
    this.#onDevice = handler;
  }

  setDisplayMediaRequestHandler(): void {}

  handlerOf(scheme: string): ProtocolHandler {
    return this.#protocols.get(scheme) ?? (() => new Response('no such scheme', { status: 404 }));
  }

  /** Would a page get this permission, whichever way it is asked for? */
  async grants(permission: string): Promise<boolean> {
    const requested = await new Promise<boolean>((resolve) => this.#onRequest(null, permission, resolve));
    return requested || this.#onCheck() || this.#onDevice();
  }
}
