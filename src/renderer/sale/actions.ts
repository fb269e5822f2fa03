import type { TillView } from '../../contract/types.ts';
import type { Messages } from '../i18n/messages.ts';
import { totalFen } from './amount.ts';
import { type Desk, saleState } from './desk.ts';
import type { DeskKey } from './desk-keys.ts';

/** One thing that a press does now, and the key that does the same. */
export interface Action {
  readonly key: DeskKey;
  readonly label: keyof Messages['action'];
  /** Pressed once; the next press does it. */
  readonly armed?: boolean;
}

export interface Actions {
  /** What Enter does: the wide key under the digits, and the panel's first button. */
  readonly enter?: Action;
  /** Takes the payment back. In the same place as `enter`, for they are never there together. */
  readonly cancel?: Action;
  /** Cash instead: what F2 does. */
  readonly cash?: Action;
  /** Shows a QR code, or prints the one that is shown: what F6 and F7 do. */
  readonly qr?: Action;
  /** What opens a panel of its own: the sales put aside, and the store's static code. */
  readonly panels?: readonly ('held' | 'static')[];
  /** What Esc does: steps back, moves on. Never takes a payment back. */
  readonly stepBack?: Action;
}

const CASH: Action = { key: 'Cash', label: 'cash' };
const QR: Action = { key: 'Qr', label: 'offer' };
const PRINT_QR: Action = { key: 'PrintQr', label: 'printQr' };

export function actionsFor(desk: Desk, till: TillView): Actions {
  if (till.static && saleState(desk, till) !== 'keying') return { stepBack: { key: 'Escape', label: 'next' } };
  switch (saleState(desk, till)) {
    case 'keying':
      return totalFen(desk.amount) === 0 ? {} : { enter: { key: 'Enter', label: 'charge' }, qr: QR };
    case 'scan':
      return {
        ...(desk.handCode === ''
          ? { qr: QR, cash: CASH, panels: till.staticOffer ? ['static', 'held'] : ['held'] }
          : { enter: { key: 'Enter', label: 'sendCode' } }),
        stepBack: { key: 'Escape', label: till.resumed ? 'backToHeld' : 'back' },
      };
    case 'tender':
      return { enter: { key: 'Enter', label: 'takeCash' }, stepBack: { key: 'Escape', label: 'backToScan' } };
    case 'paid':
      return { stepBack: { key: 'Escape', label: 'next' } };
    case 'declined':
    case 'cancelled':
      return {
        enter: { key: 'Enter', label: 'retry' },
        cash: CASH,
        stepBack: { key: 'Escape', label: 'newAmount' },
      };
    default: {
      const armed = desk.armedAt !== undefined;
      const cancel = till.payment?.method ? 'closeQr' : 'cancel';
      return {
        ...(till.payment?.cancellable
          ? { cancel: { key: 'Cancel', label: armed ? 'cancelAgain' : cancel, armed } }
          : {}),
        ...(till.qr ? { qr: PRINT_QR } : {}),
        ...(till.payment?.leavable ? { stepBack: { key: 'Escape', label: 'leave' } } : {}),
      };
    }
  }
}
