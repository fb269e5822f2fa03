import { transform } from 'receiptline';
import { invariant } from '../../core/assert.ts';
import { fen } from '../../core/money.ts';
import { createEscposCommand } from './escpos-command.ts';
import { paySlipDocument } from './pay-slip-document.ts';
import type { Printable } from './printable.ts';
import { COLUMNS_MAX, COLUMNS_MIN, receiptDocument } from './receipt-document.ts';
import { refundDocument } from './refund-document.ts';
import { shiftSlipDocument } from './shift-slip-document.ts';
import { onPaper } from './svg-paper.ts';

export interface PaperOptions {
  /** Latin characters to a line: 32 on 58 mm paper, 48 on 80 mm. */
  readonly columns: number;
}

/** The receipt, or report, as ESC/POS bytes in GB18030 (two-byte characters only), from initialising the printer to cutting. */
export function encodeReceipt(paper: Printable, { columns }: PaperOptions): Uint8Array {
  checkColumns(columns);
  const document = documentOf(paper, columns);
  const command = createEscposCommand(columns);
  // ReceiptLine speaks "binary strings", one character to a byte. As UTF-8 every Chinese character would be garbage.
  return Buffer.from(transform(document, { command, cpl: columns, encoding: 'gb18030' }), 'latin1');
}

/** The same as the SVG text of a sheet of white paper, for the screen. Scripts and links: none. */
export function receiptSvg(paper: Printable, { columns }: PaperOptions): string {
  checkColumns(columns);
  const document = documentOf(paper, columns);
  const svg = transform(document, { command: 'svg', cpl: columns, encoding: 'gb18030', spacing: true });
  return onPaper(stableIds(svg, paper));
}

/** The first receipt costs 30 ms more than the others, for character tables: better now than when a customer waits. */
export function warmUpEncoder(options: PaperOptions): void {
  const shop = { storeName: '微', storeId: '0', terminalId: '0' };
  const amounts = { totalFen: fen(1), couponFen: fen(1), paidFen: fen(0) };
  const numbers = { saleNumber: '0-0-1', outTradeNo: '0-0-1-1', transactionId: '0' };
  encodeReceipt({ shop, simulated: true, ...numbers, ...amounts, soldAt: 0, tender: 'wechat', copy: 1 }, options);
}

/** What is written on top of it: a sale's number, or a shift's. */
export function numberOf(paper: Printable): string {
  return 'number' in paper ? paper.number : paper.saleNumber;
}

function documentOf(paper: Printable, columns: number): string {
  if ('slip' in paper)
    return paper.slip === 'pay' ? paySlipDocument(paper, columns) : shiftSlipDocument(paper, columns);
  return 'done' in paper ? refundDocument(paper, columns) : receiptDocument(paper, columns);
}

/** Ids must differ between receipts on one page; the same receipt is the same text each time. */
function stableIds(svg: string, paper: Printable): string {
  const number = 'done' in paper ? `${paper.outRefundNo ?? paper.saleNumber}-${paper.done}` : nameOf(paper);
  const id = `receipt-${number.replace(/[^0-9A-Za-z-]/g, '')}-${paper.copy}`;
  return svg.replace(/receipt-[0-9a-f-]{36}/g, id);
}

/** The code to pay and the receipt of the same sale may lie on one page. */
function nameOf(paper: Exclude<Printable, { done: boolean }>): string {
  return 'codeUrl' in paper ? `${paper.saleNumber}-pay` : numberOf(paper);
}

function checkColumns(columns: number): void {
  invariant(
    Number.isInteger(columns) && columns >= COLUMNS_MIN && columns <= COLUMNS_MAX,
    `A receipt has ${COLUMNS_MIN} to ${COLUMNS_MAX} columns, not ${columns}`,
  );
}
