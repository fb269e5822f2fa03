import type * as z from 'zod';
import type { QrView } from '../../contract/native-schemas.ts';
import { qrSvg } from '../../devices/printer/qr-picture.ts';

let last: { readonly text: string; readonly view: z.output<typeof QrView> } | undefined;

/** The code as screens show it. The till's view is made anew at each change; its picture is drawn once. */
export function qrView(text: string): z.output<typeof QrView> {
  if (last?.text !== text) last = { text, view: { svg: qrSvg(text) } };
  return last.view;
}
