import { gzipSync } from 'node:zlib';
import iconv from 'iconv-lite';
import { BillError } from '../../../src/main/gateway/wechat-v2/bills/bill-error.ts';
import { readBill, readFundFlow } from '../../../src/main/gateway/wechat-v2/bills/read-bill.ts';
import { ALL_BILL, FUND_FLOW, inPieces, LEGACY_BILL } from '../../main/gateway/wechat-v2/support/bill-samples.ts';
import type { Chance } from '../../simulation/chance.ts';
import { hostile } from '../hostile.ts';
import { mutated } from '../mutate.ts';
import type { Input, Subject } from '../subject.ts';

interface Bill extends Input {
  readonly isFundFlow: boolean;
  readonly pieceBytes: number;
}

const GENUINE = [ALL_BILL, LEGACY_BILL, FUND_FLOW].map((text) => Buffer.from(text));
const BYTES_MAX = 4 * 1024 * 1024;
/** Unpacks to sixteen times of what may be read. */
const BOMBS = [Buffer.alloc(16 * BYTES_MAX), Buffer.alloc(16 * BYTES_MAX, '`1,`2\r\n')].map((plain) => gzipSync(plain));
const PIECES = [1, 7, 64, 1_000, 100_000] as const;

/** Bills, packed and not: read to their totals, or given up with a BillError that says why. */
export async function bills(): Promise<Subject<Bill>> {
  return {
    make(chance) {
      const isFundFlow = chance.happens(0.4);
      const { about, bytes } = someBill(chance);
      return {
        about: `${isFundFlow ? 'fund flow' : 'bill'}: ${about}`,
        bytes,
        isFundFlow,
        pieceBytes: chance.pick(PIECES),
      };
    },
    async judge({ bytes, isFundFlow, pieceBytes }) {
      // Bombs in single bytes would be a test of patience.
      const pieces = inPieces(bytes, bytes.length > 20_000 ? 100_000 : pieceBytes);
      const limits = { bytesMax: BYTES_MAX };
      try {
        return await (isFundFlow ? flowSaid(readFundFlow(pieces, limits)) : billSaid(readBill(pieces, limits)));
      } catch (error) {
        if (error instanceof BillError) return undefined;
        throw error;
      }
    },
  };
}

function someBill(chance: Chance): Input {
  if (chance.happens(0.01)) return { about: 'a bomb', bytes: chance.pick(BOMBS) };
  if (chance.happens(0.05)) return hostile(chance);
  const { about, bytes: plain } = mutated(chance.pick(GENUINE), chance, GENUINE);
  const bytes = chance.happens(0.1) ? iconv.encode(plain.toString('utf8'), 'gb18030') : plain;
  if (chance.happens(0.6)) return { about, bytes };
  const packed = gzipSync(bytes);
  if (chance.happens(0.5)) return { about: `${about}, packed`, bytes: packed };
  const broken = mutated(packed, chance);
  return { about: `${about}, packed, ${broken.about}`, bytes: broken.bytes };
}

/** A bill that was read to its end is what its rows come to, whatever was done to it. */
async function billSaid(bill: ReturnType<typeof readBill>): Promise<string | undefined> {
  let [rows, orderFen, refundFen] = [0, 0, 0];
  for await (const row of bill) {
    rows += 1;
    orderFen += row.orderFen;
    refundFen += row.refundFen;
  }
  const { totals } = bill;
  if (totals?.rows !== rows) return `${rows} rows, and totals of ${totals?.rows}`;
  if (totals.refundFen !== refundFen) return `refunds of ${refundFen} fen, and totals of ${totals.refundFen}`;
  const isTold = totals.orderFen === undefined || totals.orderFen === orderFen;
  return isTold ? undefined : `orders of ${orderFen} fen, and totals of ${totals.orderFen}`;
}

async function flowSaid(flow: ReturnType<typeof readFundFlow>): Promise<string | undefined> {
  let [inFen, outFen] = [0, 0];
  for await (const { direction, amountFen } of flow) {
    if (direction === 'in') inFen += amountFen;
    else outFen += amountFen;
  }
  const { totals } = flow;
  const isTold = totals?.inFen === inFen && totals.outFen === outFen;
  return isTold ? undefined : `${inFen} in and ${outFen} out, and totals of ${totals?.inFen} and ${totals?.outFen}`;
}
