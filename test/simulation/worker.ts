import { once } from 'node:events';
import { playShard, type Shard } from './campaign.ts';
import type { WorldResult } from './world.ts';

/*
 * One core's share of a campaign, in a process of its own: threads of one process wait for each other, and
 * sell a tenth less.
 */

export type ShardMessage =
  | { readonly number: number; readonly result: WorldResult }
  | { readonly cpu: NodeJS.CpuUsage };

const [shard] = (await once(process, 'message')) as [Shard];
await playShard(shard, (number, result) => tell({ number, result }));
tell({ cpu: process.cpuUsage() });
process.disconnect();

function tell(message: ShardMessage): void {
  process.send?.(message);
}
