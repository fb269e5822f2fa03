import type { qrZh } from './qr-zh.ts';
import type { Worded } from './words.ts';

/** The words of QR codes that the till shows, in English. */
export const qrEn: Worded<typeof qrZh> = {
  alt: 'WeChat payment code',
  offered: ['Scan it with WeChat’s “Scan”', 'It is received when this turns green'],
  placing: ['Asking WeChat Pay for a code', 'Nothing has been charged'],
  closing: [
    'Hold the goods. Do not charge this again',
    'Whoever has seen it may pay until it is closed',
    'A payment would show here at once',
  ],
  closed: ['The code is closed, and nothing was paid'],
  trouble: (why) => `Cannot be checked just now: ${why}`,
  line: {
    submitted: 'Asked WeChat Pay for a QR code',
    placed: {
      PLACED: 'The QR code is there, waiting to be scanned',
      REFUSED: (why) => `WeChat Pay gave no code: ${why}`,
      NOT_SENT: (why) => `Never left the till: ${why}`,
      UNKNOWN: (why) => `No clear answer, so the same order is asked for again: ${why}`,
    },
    closed: {
      CLOSED: 'The order is closed; looking once more',
      ALREADY_PAID: 'The customer paid before it was closed; looking',
      NOT_FOUND: 'WeChat Pay knows no such order; looking',
      AGAIN: (why) => `Not closed yet, will try again: ${why}`,
      REFUSED: (why) => `WeChat Pay refuses to close it: ${why}`,
    },
  },
};
