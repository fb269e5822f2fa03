import { randomBytes } from 'node:crypto';
import { createGunzip } from 'node:zlib';
import { request } from 'undici';
import { Secret } from '../src/core/secret.ts';
import { createWechatV2Gateway } from '../src/main/gateway/wechat-v2/client.ts';
import { createSystemClock } from '../src/main/system-clock.ts';
import { machineMs } from './figures.ts';

/*
 * A process of its own that downloads one bill and says how long it took and how much memory it held: through our
 * client, or only fetched, unpacked and its lines counted, which is the least that any reader has to do.
 *
 * node bench/bill-reader.ts read|floor http://127.0.0.1:PORT
 */

export interface BillReading {
  readonly ms: number;
  /** Rows for our client, lines for the floor. */
  readonly rows: number;
  readonly sumFen: number;
  /** The highest resident memory on the way, above what the process held before. */
  readonly aboveMb: number;
}

const LOOK_EVERY_MS = 5;
const LF = 0x0a;
const [mode, url = ''] = process.argv.slice(2);

const read = mode === 'floor' ? floor : ours;
const before = process.memoryUsage.rss();
let peak = before;
const looking = setInterval(() => {
  peak = Math.max(peak, process.memoryUsage.rss());
}, LOOK_EVERY_MS);
const from = machineMs();
const counted = await read();
const reading: BillReading = { ms: machineMs() - from, ...counted, aboveMb: (peak - before) / 1e6 };
clearInterval(looking);
process.stdout.write(`${JSON.stringify(reading)}\n`);

async function floor(): Promise<Pick<BillReading, 'rows' | 'sumFen'>> {
  const { body } = await request(`${url}/pay/downloadbill`, { method: 'POST' });
  let rows = 0;
  for await (const chunk of body.pipe(createGunzip({ chunkSize: 128 * 1024 }))) {
    const bytes: Buffer = chunk;
    for (let at = bytes.indexOf(LF); at >= 0; at = bytes.indexOf(LF, at + 1)) rows += 1;
  }
  return { rows, sumFen: 0 };
}

async function ours(): Promise<Pick<BillReading, 'rows' | 'sumFen'>> {
  const gateway = createWechatV2Gateway({
    appId: 'wxd930ea5d5a258f4f',
    mchId: '10000100',
    apiKey: new Secret('192006250b4c09247ec02edce69f6a2d'),
    hosts: [url],
    random: randomBytes,
    clock: createSystemClock(),
  });
  const answer = await gateway.downloadBill({ day: '20260102' });
  if (answer.verdict !== 'BILL') throw new Error(JSON.stringify(answer));
  let [rows, sumFen] = [0, 0];
  for await (const batch of answer.bill.batches()) {
    for (const { orderFen } of batch) sumFen += orderFen;
    rows += batch.length;
  }
  await gateway.close();
  if (answer.bill.totals?.orderFen !== sumFen) throw new Error('The bill does not add up');
  return { rows, sumFen };
}
