import type { Messages } from './words.ts';

/** Reports to the back office. */
export const uploadEn: Messages['upload'] = {
  banner: {
    refused: (count) => (count === 1 ? 'Back office refused 1 report' : `Back office refused ${count} reports`),
    waiting: (age) => `Reports to the back office wait · oldest ${age}`,
  },
  sum: (count, age) =>
    count === 1
      ? `1 report waits for the back office · ${age}`
      : `${count} reports wait for the back office · oldest ${age}`,
  byItself: 'They are sent by themselves. Sales are not affected',
  off: 'Reports are switched off; these are kept',
  lastError: (words) => `Last time: ${words}`,
  refused: 'refused by the back office',
  said: (words) => `Back office: ${words}`,
  next: 'No money is affected. Have it mended there, then send again',
  again: 'Send again',
  trying: 'Sending',
  giveUp: 'Do not send…',
  giveUpMeans: 'It will not be sent any more. It stays in the books, no money is affected. Enter it there by hand.',
  giveUpExample: 'e.g. entered by hand',
  giveUpConfirm: 'Do not send it',
};
