import type { Socket } from 'node:net';
import type { buildConnector } from 'undici';

/** An unused connection is let go after this: the gateway would soon do the same, unseen. */
const SPARE_IDLE_MS = 45_000;

export interface WarmConnector {
  readonly connect: buildConnector.connector;
  /**
   * Makes one connection ahead, TLS handshake done, for the next call to find. Rejects when it cannot be made; false
   * when one was there already, which proves nothing about the line as it is now.
   */
  warmUp(target: buildConnector.Options): Promise<boolean>;
  /** Always a fresh handshake. No call waits for it; one that succeeds is kept for the next call if none is. */
  probe(target: buildConnector.Options): Promise<void>;
  close(): void;
}

/**
 * A connector that can hold one connection ready. The handshake then happens while the customer looks for the phone,
 * not after the scan. A spare still shaking hands is waited for rather than begun anew, and its failure is the call's.
 */
export function createWarmConnector(connect: buildConnector.connector): WarmConnector {
  let spare: Promise<Socket> | undefined;
  let closed = false;

  async function open(target: buildConnector.Options): Promise<Socket> {
    const { promise, resolve, reject } = Promise.withResolvers<Socket>();
    connect(target, (error, socket) => (error ? reject(error) : resolve(socket)));
    return promise;
  }

  function keep(candidate: Promise<Socket>): Promise<Socket> {
    const forget = () => {
      if (spare === candidate) spare = undefined;
    };
    candidate.then((socket) => {
      // The gateway's hanging up shows without reading: an end with nothing before it closes the socket.
      socket.once('close', forget).setTimeout(SPARE_IDLE_MS).on('timeout', drop);
    }, forget);
    return candidate;
  }

  return {
    connect(target, callback) {
      const ready = spare;
      if (ready === undefined) return connect(target, callback);
      spare = undefined;
      ready.then(
        (socket) => {
          if (socket.destroyed) return connect(target, callback);
          callback(null, socket.setTimeout(0).off('timeout', drop));
        },
        (error: Error) => callback(error, null),
      );
    },
    async warmUp(target) {
      const isFresh = spare === undefined;
      spare ??= keep(open(target));
      await spare;
      return isFresh;
    },
    async probe(target) {
      const socket = await open(target);
      if (spare !== undefined || closed) socket.destroy();
      else spare = keep(Promise.resolve(socket));
    },
    close() {
      closed = true;
      spare?.then(
        (socket) => socket.destroy(),
        () => undefined,
      );
      spare = undefined;
    },
  };
}

function drop(this: Socket): void {
  this.destroy();
}
