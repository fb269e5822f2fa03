import type { Messages } from '../i18n/messages.ts';
import type { ShownNotice } from './desk-control.ts';

export function noticeText({ code, detail }: ShownNotice, { notice }: Messages): string {
  return code === 'SCAN_PRODUCT' ? notice.SCAN_PRODUCT(detail ?? '') : notice[code];
}
