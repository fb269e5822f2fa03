import type { BillRow, BillTotals, FundFlowRow, FundFlowTotals } from '../../../../core/bill.ts';
import type { BillProgress } from '../../../../core/bill-answer.ts';
import { codeOf } from '../../../../core/caught.ts';
import type { BillReader } from '../../bill-gateway.ts';
import { BillError, BillFault } from './bill-error.ts';
import type { BillFormat } from './bill-format.ts';
import { createBillParser } from './bill-parser.ts';
import { FUND_FLOW } from './fund-flow.ts';
import { inflated } from './inflated.ts';
import { TRADE_BILL } from './trade-bill.ts';
import { wholeLines } from './whole-lines.ts';

export interface BillLimits {
  /** Of the bytes that come, and of what they unpack to. */
  readonly bytesMax?: number;
}

/** Eight million rows: more than any one merchant's day. */
export const BILL_MAX_BYTES = 2 * 1024 ** 3;

/**
 * Reads a trade bill as its bytes come, from the gateway or from a file that a manager saved: plain or gzip, UTF-8 or
 * GB18030, in any layout that WeChat Pay has had. Only what is being read is held in memory.
 */
export function readBill(bytes: AsyncIterable<Uint8Array>, limits: BillLimits = {}): BillReader<BillRow, BillTotals> {
  return createReader(bytes, TRADE_BILL, limits);
}

/** The same for the movements of an account. */
export function readFundFlow(
  bytes: AsyncIterable<Uint8Array>,
  limits: BillLimits = {},
): BillReader<FundFlowRow, FundFlowTotals> {
  return createReader(bytes, FUND_FLOW, limits);
}

function createReader<Row, Totals>(
  bytes: AsyncIterable<Uint8Array>,
  format: BillFormat<Row, Totals>,
  { bytesMax = BILL_MAX_BYTES }: BillLimits,
): BillReader<Row, Totals> {
  const parser = createBillParser(format);
  let totals: Totals | undefined;
  let came = 0;
  const progress = (): BillProgress => ({ bytes: came, lines: parser.lines, rows: parser.rows });
  const count = (more: number) => {
    came += more;
  };

  async function* batches(): AsyncGenerator<readonly Row[], void, void> {
    try {
      for await (const block of wholeLines(inflated(bytes, bytesMax, count))) {
        const rows = parser.read(block);
        if (rows.length > 0) yield rows;
      }
      totals = parser.end();
    } catch (error) {
      throw billErrorOf(error, progress());
    }
  }

  async function* rows(): AsyncGenerator<Row, void, void> {
    for await (const batch of batches()) for (const row of batch) yield row;
  }

  return {
    batches,
    [Symbol.asyncIterator]: rows,
    get totals() {
      return totals;
    },
    get progress() {
      return progress();
    },
  };
}

/** A bug stays what it is; whatever else broke the reading is said in terms of the bill. */
function billErrorOf(error: unknown, progress: BillProgress): unknown {
  if (error instanceof BillFault) return new BillError(error.code, progress, error.message);
  const code = codeOf(error);
  if (code === 'Z_BUF_ERROR') return new BillError('BILL_CUT_OFF', progress, code);
  if (code.startsWith('Z_')) return new BillError('BILL_DAMAGED', progress, code);
  return error;
}
