import type { BillRow, BillTotals, BillType, FundAccount, FundFlowRow, FundFlowTotals } from '../../core/bill.ts';
import type { BillProgress, NoBill } from '../../core/bill-answer.ts';
import type { BillDay } from '../../core/bill-day.ts';

/** Which bill. `signal` gives the download up, also in the middle. */
export interface BillRequest {
  readonly day: BillDay;
  /** ALL when left out. */
  readonly type?: BillType | undefined;
  /** Packed on the wire, which is what nothing means. */
  readonly gzip?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface FundFlowRequest extends Omit<BillRequest, 'type'> {
  readonly account: FundAccount;
}

/**
 * A bill while it comes, to be read once. Rows are given out as they arrive, in the order of the file, and only what
 * is being read is in memory. The loop ends by itself when the last line was there and all rows came to its totals;
 * else it throws a BillError that says how far it came, and what was given out until then proves nothing.
 * A loop that is left early gives the download up.
 */
export interface BillReader<Row, Totals> extends AsyncIterable<Row> {
  /** The same rows, as many at a time as have come: cheaper than one by one. */
  batches(): AsyncIterable<readonly Row[]>;
  /** Once the loop has ended; undefined before. */
  readonly totals: Totals | undefined;
  readonly progress: BillProgress;
}

export type BillAnswer<Row, Totals> = { readonly verdict: 'BILL'; readonly bill: BillReader<Row, Totals> } | NoBill;

/**
 * Brings the gateway's bills. Calls never reject and are bounded in time; reading the bill may throw a BillError.
 * WeChat Pay makes a day's bill the next morning, and keeps it for three months.
 */
export interface BillGateway {
  downloadBill(request: BillRequest): Promise<BillAnswer<BillRow, BillTotals>>;
  downloadFundFlow(request: FundFlowRequest): Promise<BillAnswer<FundFlowRow, FundFlowTotals>>;
}
