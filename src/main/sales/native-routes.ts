import { implement } from '@orpc/server';
import { contract } from '../../contract/index.ts';
import type { TerminalParts } from '../terminal-parts.ts';

/** The contract's `qr`. */
export function nativeRoutes({ till, printQr }: Pick<TerminalParts, 'till' | 'printQr'>) {
  const os = implement(contract.qr);
  return {
    offer: os.offer.handler(({ input }) => {
      const notice = till.offerQr(input.amountFen);
      return notice === undefined ? { accepted: true } : { accepted: false, notice };
    }),
    print: os.print.handler(() => ({ printing: printQr() })),
  };
}
