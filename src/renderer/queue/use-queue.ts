import { useEffect, useState } from 'react';
import type { QueueView } from '../../contract/types.ts';
import { follow } from '../live/follow.ts';
import { useTill } from '../till-context.ts';

/** The queue as the terminal has it, for as long as somebody looks. Undefined until its first word. */
export function useQueue(): QueueView | undefined {
  const { client, feed } = useTill();
  const [queue, setQueue] = useState<QueueView>();
  useEffect(() => {
    const ended = new AbortController();
    void follow(feed.connection, (signal) => client.queue.watch({}, { signal }), setQueue, ended.signal);
    return () => ended.abort();
  }, [client, feed]);
  return queue;
}
