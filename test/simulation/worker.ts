import { parentPort, workerData } from 'node:worker_threads';
import { playShard, type Shard } from './campaign.ts';

/* One core's share of a campaign. */
await playShard(workerData as Shard, (number, result) => parentPort?.postMessage({ number, result }));
