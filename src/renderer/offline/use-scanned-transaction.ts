import { useEffect } from 'react';
import { useTill } from '../till-context.ts';

/** A number that a scanner reads from the customer's phone goes to whoever has asked for one. */
export function useScannedTransaction(onScanned: (transactionId: string) => void): void {
  const { notice } = useTill().desk;
  useEffect(
    () =>
      notice.subscribe(() => {
        const said = notice.get();
        if (said?.code === 'SCAN_TRANSACTION' && said.detail !== undefined) onScanned(said.detail);
      }),
    [notice, onScanned],
  );
}

/** Phones show the number in groups, and people key it so. */
export function digitsOf(keyed: string): string {
  return keyed.normalize('NFKC').replace(/\D/g, '');
}
