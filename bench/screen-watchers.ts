import { createRouterClient } from '@orpc/server';
import type { Terminal } from '../src/main/terminal.ts';

/** What a window has open all day, so that showing what happens is part of its price. Ends with the signal. */
export function watchAsAScreenDoes({ router }: Pick<Terminal, 'router'>, signal: AbortSignal): void {
  const client = createRouterClient(router);
  for (const watch of [client.till.watch, client.sales.watchToday, client.queue.watch, client.status.watch]) {
    void follow(watch(undefined, { signal }));
  }
}

async function follow(watching: Promise<AsyncIterable<unknown>>): Promise<void> {
  for await (const view of await watching) void view;
}
