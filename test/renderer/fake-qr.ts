import { implement } from '@orpc/server';
import { contract } from '../../src/contract/index.ts';
import type { PaymentView } from '../../src/contract/types.ts';
import { aPayment } from './fake-terminal.ts';

interface FakeQr {
  readonly calls: string[];
  readonly show: (payment: PaymentView) => unknown;
}

/** QR codes without a gateway: what is asked is written down. */
export function fakeQr({ calls, show }: FakeQr) {
  const os = implement(contract.qr);
  return {
    offer: os.offer.handler(({ input: { amountFen } }) => {
      calls.push(`qr ${amountFen}`);
      show(aPayment('working', { amountFen, method: 'native' }));
      return { accepted: true };
    }),
    print: os.print.handler(() => {
      calls.push('print qr');
      return { printing: true };
    }),
  };
}
