import type { QueueView, StatusView } from '../../contract/types.ts';
import type { Ledger } from '../ledger/open-ledger.ts';

/** What the queue shows of reports as a whole: nothing when none is owed. */
export function uploadsView(books: Pick<Ledger, 'uploadDesk'>): Pick<QueueView, 'uploads'> {
  const desk = books.uploadDesk();
  if (desk === undefined || desk.waiting + desk.refused === 0) return {};
  const { collecting, waiting, refused, oldestAt, lastError } = desk;
  return {
    uploads: {
      on: collecting,
      waiting,
      refused,
      ...(oldestAt === undefined ? {} : { oldestAt }),
      ...(lastError === undefined ? {} : { lastError }),
    },
  };
}

/** What every screen is told of them. */
export function reportsGlance(books: Pick<Ledger, 'uploadDesk'>): Pick<StatusView, 'reports'> {
  const { uploads } = uploadsView(books);
  if (uploads === undefined) return {};
  const { refused, oldestAt } = uploads;
  return { reports: { refused, ...(oldestAt === undefined ? {} : { oldestAt }) } };
}
