import { transform } from 'receiptline';
import { invariant } from '../../core/assert.ts';
import { fen } from '../../core/money.ts';
import type { Receipt } from '../../core/receipt.ts';
import { createEscposCommand } from './escpos-command.ts';
import { COLUMNS_MAX, COLUMNS_MIN, receiptDocument } from './receipt-document.ts';
import { onPaper } from './svg-paper.ts';

export interface PaperOptions {
  /** Latin characters to a line: 32 on 58 mm paper, 48 on 80 mm. */
  readonly columns: number;
}

/** The receipt as ESC/POS bytes in GB18030 (two-byte characters only), from initialising the printer to cutting. */
export function encodeReceipt(receipt: Receipt, { columns }: PaperOptions): Uint8Array {
  checkColumns(columns);
  const document = receiptDocument(receipt, columns);
  const command = createEscposCommand(columns);
  // ReceiptLine speaks "binary strings", one character to a byte. As UTF-8 every Chinese character would be garbage.
  return Buffer.from(transform(document, { command, cpl: columns, encoding: 'gb18030' }), 'latin1');
}

/** The same receipt as the SVG text of a sheet of white paper, for the screen. Scripts and links: none. */
export function receiptSvg(receipt: Receipt, { columns }: PaperOptions): string {
  checkColumns(columns);
  const document = receiptDocument(receipt, columns);
  const svg = transform(document, { command: 'svg', cpl: columns, encoding: 'gb18030', spacing: true });
  return onPaper(stableIds(svg, receipt));
}

/** The first receipt costs 30 ms more than the others, for character tables: better now than when a customer waits. */
export function warmUpEncoder(options: PaperOptions): void {
  const shop = { storeName: '微', storeId: '0', terminalId: '0' };
  const amounts = { totalFen: fen(1), couponFen: fen(1), paidFen: fen(0) };
  const numbers = { saleNumber: '0-0-1', outTradeNo: '0-0-1-1', transactionId: '0' };
  encodeReceipt({ shop, simulated: true, ...numbers, ...amounts, soldAt: 0, tender: 'wechat', copy: 1 }, options);
}

/** Ids must differ between receipts on one page; the same receipt is the same text each time. */
function stableIds(svg: string, { saleNumber, copy }: Receipt): string {
  const id = `receipt-${saleNumber.replace(/[^0-9A-Za-z-]/g, '')}-${copy}`;
  return svg.replace(/receipt-[0-9a-f-]{36}/g, id);
}

function checkColumns(columns: number): void {
  invariant(
    Number.isInteger(columns) && columns >= COLUMNS_MIN && columns <= COLUMNS_MAX,
    `A receipt has ${COLUMNS_MIN} to ${COLUMNS_MAX} columns, not ${columns}`,
  );
}
