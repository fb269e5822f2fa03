import { transform } from 'receiptline';
import { invariant } from '../../core/assert.ts';
import { onPaper } from './svg-paper.ts';

/** 384 dots: room for a payment code in Code 128 at two dots to a bar. */
const COLUMNS = 32;

/** Digits as a phone shows a payment code: a Code 128 barcode and a QR code, each as the SVG text of white paper. */
export function codePictures(digits: string): { readonly barcodeSvg: string; readonly qrSvg: string } {
  invariant(/^\d{1,24}$/.test(digits), 'Only a payment code is drawn like this');
  return {
    barcodeSvg: draw(`{code:${digits};option:code128,2,72}`),
    qrSvg: draw(`{code:${digits};option:qrcode,8,m}`),
  };
}

function draw(document: string): string {
  return onPaper(transform(document, { command: 'svg', cpl: COLUMNS, encoding: 'gb18030' }));
}
