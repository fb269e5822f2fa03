import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openLedgerReadOnly } from '../../../src/main/ledger/open-ledger.ts';

interface ReceiptRow {
  readonly number: string;
  readonly sale: string;
  readonly print: string | null;
}

/**
 * The paper against the till's books; each line is one thing that is wrong. A receipt may be missing or torn when the
 * printer or the till died under it, but never lie there twice, or for a sale that is not paid.
 */
export function comparePaper(dataDir: string, paperDir: string): string[] {
  const sheets = readdirSync(paperDir).map((name) => readFileSync(join(paperDir, name)));
  const db = openLedgerReadOnly(dataDir);
  try {
    const rows = db
      .prepare<[], ReceiptRow>(
        'SELECT number, sale.state AS sale, print.state AS print FROM sale LEFT JOIN print ON print.sale_id = sale.id',
      )
      .all();
    return rows.flatMap(({ number, sale, print }) => {
      const copies = sheets.filter((sheet) => sheet.includes(number)).length;
      const problems: string[] = [];
      if (copies > 1) problems.push(`${number} has ${copies} receipts`);
      if (copies > 0 && sale !== 'paid') problems.push(`${number} is ${sale} and has a receipt`);
      if (sale === 'paid' && print === null) problems.push(`${number} is paid and owes no receipt`);
      if (print === 'queued' || print === 'sending') problems.push(`the receipt of ${number} is still ${print}`);
      return problems;
    });
  } finally {
    db.close();
  }
}
