import { showYuan } from '../../core/money.ts';
import type { Messages } from './words.ts';

/** The words of a sale’s story in English; i18n/en.ts has them under `story`. */
export const storyEn: Messages['story'] = {
  title: (number) => `Sale ${number}`,
  what: 'What happened',
  receipt: 'Receipt',
  receiptAlt: 'The receipt of this sale',
  openReceipt: 'Look at the receipt and what happened',
  reprint: 'Reprint',
  reprinted: (copy) => `Sent to the printer, reprint ${copy}`,
  reprintFailed: 'Did not print. Try again',
  noReceipt: 'A receipt exists once it is paid',
  failed: 'This sale could not be read. Close and open it again',
  loading: 'Reading…',
  close: 'Close',
  orderNumber: 'Order number',
  transaction: 'WeChat transaction',
  forSupport: 'Code for support',
};

/** The words of each line of a story in English; i18n/en.ts has them under `storyLine`. */
export const storyLineEn: Messages['storyLine'] = {
  opened: (amount) => `Asked for ${showYuan(amount)}`,
  abandoned: 'Ended without a payment',
  cashReceived: (tendered, change) => `Cash ${showYuan(tendered)}, change ${showYuan(change)}`,
  submitted: (attempt) =>
    attempt > 1 ? `Scan no. ${attempt}, sent to WeChat Pay` : 'Code scanned, sent to WeChat Pay',
  answered: {
    PAID: 'WeChat Pay: received',
    DECLINED: (why) => `WeChat Pay said no. ${why}`,
    NOT_SENT: (why) => `Not sent. ${why}`,
    UNKNOWN: (why) => `No clear answer. ${why}`,
  },
  queried: {
    PAID: 'Checked: received',
    NOT_FOUND: 'Checked: WeChat Pay has no such order',
    NOT_PAID: 'Checked: not paid yet',
    AWAITING_PASSWORD: 'Checked: customer is entering a password',
    FAILED: 'Checked: the payment failed',
    CLOSED: 'Checked: closed, nothing was charged',
    UNKNOWN: (why) => `Could not check, will ask again. ${why}`,
  },
  reversed: {
    REVERSED: 'Taken back; money already taken goes back by itself',
    AGAIN: (why) => `Not taken back yet, will try again. ${why}`,
    REFUSED: (why) => `WeChat Pay will not take it back. ${why}`,
  },
  cancelRequested: 'The cashier asked to cancel',
  givenUp: (manager, why) => `Given up by ${manager}, not counted as paid: ${why}`,
  resumed: 'The terminal restarted and goes on checking this payment',
  printQueued: (copy) => (copy > 0 ? `Reprint ${copy} waits for the printer` : 'Receipt waits for the printer'),
  printSending: 'Receipt goes to the printer',
  printSettled: {
    printed: 'Receipt printed',
    sent: 'Receipt handed to the printer',
    unknown: 'Receipt may be incomplete; have a look',
    queued: 'Printer was not there; it will be tried again',
    dropped: 'This receipt will not be printed any more',
  },
  started: (version) => `Terminal started, version ${version}`,
  clockJumped: (seconds) => `The computer’s clock jumped by ${seconds} s`,
  noReason: 'Reason unknown.',
};
