import { fen } from '../../core/money.ts';
import type { Messages } from '../i18n/messages.ts';
import type { ShownNotice } from './desk-control.ts';

export function noticeText({ code, detail = '' }: ShownNotice, { notice }: Messages): string {
  switch (code) {
    case 'SCAN_PRODUCT':
    case 'STATIC_USED':
      return notice[code](detail);
    case 'STATIC_OVER_ONE':
    case 'STATIC_OVER_ALL':
      return notice[code](fen(Number(detail)));
    default:
      return notice[code];
  }
}
