import { parentPort, workerData } from 'node:worker_threads';
import type { Shard, WorkerNews } from './campaign.ts';
import { play } from './play.ts';
import type { Subject } from './subject.ts';

/* Plays its shard of a campaign, subject after subject in turn, and tells its parent which input it is at. */

const { module, names, seed, from, to, until, findingsMax, at }: Shard = workerData;
const progress = new Int32Array(at);
const { SUBJECTS }: { SUBJECTS: Readonly<Record<string, () => Promise<Subject>>> } = await import(module);

const subjects: { readonly name: string; readonly subject: Subject }[] = [];
for (const name of names) {
  const open = SUBJECTS[name];
  if (!open) throw new RangeError(`There is no subject ${name}`);
  subjects.push({ name, subject: await open() });
}

const endAt = until === undefined ? Number.POSITIVE_INFINITY : performance.now() + until;
let found = 0;
for (let number = from; number < to && found < findingsMax && performance.now() < endAt; number++) {
  for (const [index, { name, subject }] of subjects.entries()) {
    Atomics.store(progress, 0, index);
    Atomics.store(progress, 1, number);
    Atomics.add(progress, 2, 1);
    const finding = await play(subject, { subject: name, seed, number });
    if (!finding) continue;
    found += 1;
    tell({ kind: 'finding', finding });
  }
}
tell({ kind: 'end' });

function tell(news: WorkerNews): void {
  parentPort?.postMessage(news);
}
