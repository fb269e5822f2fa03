import { describe, expect, it } from 'vitest';
import type { TillView } from '../../../src/contract/types.ts';
import { fen } from '../../../src/core/money.ts';
import { totalFen } from '../../../src/renderer/sale/amount.ts';
import {
  afterFailure,
  afterNews,
  type Desk,
  EMPTY_DESK,
  type Order,
  pressKey,
  saleState,
} from '../../../src/renderer/sale/desk.ts';
import { type DeskKey, deskKey } from '../../../src/renderer/sale/desk-keys.ts';
import { aPayment } from '../fake-terminal.ts';

const KEYING: TillView = { step: 'amount', amountFen: fen(0) };
const SCAN: TillView = { step: 'scan', amountFen: fen(1250) };
const PHASES = [
  'working',
  'password',
  'uncertain',
  'cancelling',
  'attention',
  'paid',
  'declined',
  'cancelled',
  'givenUp',
] as const;

const paying = (phase: (typeof PHASES)[number]): TillView => ({
  step: 'payment',
  amountFen: fen(1250),
  payment: aPayment(phase),
});

/** Presses keys one second apart, and tells where that leads and what was ordered. */
function press(till: TillView, keys: readonly DeskKey[], from: Desk = EMPTY_DESK) {
  let desk = from;
  const orders: Order[] = [];
  keys.forEach((key, index) => {
    const move = pressKey(desk, till, key, 10_000 + index * 1000);
    desk = move.desk;
    if (move.order) orders.push(move.order);
  });
  return { desk, orders };
}

const keys = (text: string): DeskKey[] => [...text] as DeskKey[];

describe('keying', () => {
  it('asks the terminal for the amount with Enter', () => {
    expect(press(KEYING, [...keys('12.5'), 'Enter']).orders).toEqual([{ type: 'ask', amountFen: 1250 }]);
  });

  it('does not ask for nothing, and says why', () => {
    const { desk, orders } = press(KEYING, ['Enter']);
    expect(orders).toEqual([]);
    expect(desk.hint).toBe('AMOUNT_FIRST');
  });

  it('steps back line by line with Escape', () => {
    const { desk, orders } = press(KEYING, [...keys('12.5+3'), 'Escape']);
    expect(totalFen(desk.amount)).toBe(1250);
    expect(orders).toEqual([]);
  });
});

describe('a QR code for the customer to scan', () => {
  const offered: TillView = {
    ...paying('working'),
    payment: aPayment('offered', { method: 'native' }),
  };

  it('is ordered with F6, from the amount as it is keyed or while it waits to be paid', () => {
    expect(deskKey('F6')).toBe('Qr');
    expect(press(KEYING, [...keys('12.5'), 'Qr']).orders).toEqual([{ type: 'offer', amountFen: 1250 }]);
    expect(press(SCAN, ['Qr']).orders).toEqual([{ type: 'offer', amountFen: 1250 }]);
    expect(press(KEYING, ['Qr'])).toMatchObject({ desk: { hint: 'AMOUNT_FIRST' }, orders: [] });
  });

  it('is printed with F7, and only while it is there', () => {
    expect(press(offered, ['PrintQr']).orders).toEqual([{ type: 'printQr' }]);
    expect(press(SCAN, ['PrintQr']).orders).toEqual([]);
  });

  it('goes away by two presses of F4, and by no digit, Enter or Escape', () => {
    expect(press(offered, ['Cancel', 'Cancel']).orders).toEqual([{ type: 'cancel' }]);
    for (const key of ['5', 'Enter', 'Escape', 'Qr'] as const) expect(press(offered, [key]).orders).toEqual([]);
  });
});

describe('waiting for the scan', () => {
  it('takes the digits of a code that the scanner would not read, and sends them with Enter', () => {
    const { desk, orders } = press(SCAN, [...keys('134567890123456789'), 'Enter']);
    const [order] = orders;
    expect(order?.type === 'scan' && [order.source, order.text.reveal()]).toEqual(['typed', '134567890123456789']);
    expect(desk.handCode).toBe('');
  });

  it('never lets the code be printed', () => {
    expect(JSON.stringify(press(SCAN, [...keys('134567890123456789'), 'Enter']))).not.toContain('1345678');
  });

  it('clears a half-typed code with Escape before it goes back to the amount', () => {
    expect(press(SCAN, [...keys('13'), 'Escape'])).toEqual({ desk: { ...EMPTY_DESK, handCode: '' }, orders: [] });
    expect(press(SCAN, ['Escape']).orders).toEqual([{ type: 'cancel' }]);
  });

  it('goes back with + to add a line to what was asked', () => {
    const { desk, orders } = press(SCAN, ['+']);
    expect(orders).toEqual([{ type: 'cancel' }]);
    const back = afterNews(desk, SCAN, KEYING);
    expect(totalFen(press(KEYING, ['3'], back).desk.amount)).toBe(1550);
  });

  it('keeps the amount for correction when it is given up', () => {
    const asked = afterNews(press(KEYING, keys('12.5')).desk, KEYING, SCAN);
    const back = afterNews(press(SCAN, ['Escape'], asked).desk, SCAN, KEYING);
    expect(totalFen(back.amount)).toBe(1250);
    expect(totalFen(press(KEYING, keys('8'), back).desk.amount)).toBe(800);
  });
});

describe('taking a payment back', () => {
  it.each(['working', 'password', 'uncertain'] as const)('needs two presses while it is %s', (phase) => {
    expect(press(paying(phase), ['Cancel']).orders).toEqual([]);
    expect(press(paying(phase), ['Cancel', 'Cancel']).orders).toEqual([{ type: 'cancel' }]);
  });

  it('is not done by a bouncing key or a double tap', () => {
    const first = pressKey(EMPTY_DESK, paying('working'), 'Cancel', 10_000);
    const second = pressKey(first.desk, paying('working'), 'Cancel', 10_200);
    expect(second.order).toBeUndefined();
    expect(pressKey(second.desk, paying('working'), 'Cancel', 10_600).order).toEqual({ type: 'cancel' });
  });

  it('is forgotten after a while, with Escape, and when the payment has moved on', () => {
    const armed = pressKey(EMPTY_DESK, paying('working'), 'Cancel', 10_000).desk;
    expect(pressKey(armed, paying('working'), 'Cancel', 15_000).order).toBeUndefined();
    expect(press(paying('working'), ['Escape', 'Cancel'], armed).orders).toEqual([]);
    expect(afterNews(armed, paying('working'), paying('password')).armedAt).toBeUndefined();
  });

  it.each(PHASES)('never happens by any other key while it is %s', (phase) => {
    const all: DeskKey[] = [...keys('0123456789.+'), '00', 'Backspace', 'Enter', 'Enter', 'Escape'];
    for (const key of all) {
      expect(press(paying(phase), [key, key, key]).orders.map(({ type }) => type)).not.toContain('cancel');
    }
  });
});

describe('after a payment', () => {
  it.each(['paid', 'declined', 'cancelled'] as const)(
    'the next digit begins the next sale at once when %s',
    (phase) => {
      const { desk, orders } = press(paying(phase), keys('8'));
      expect(orders).toEqual([{ type: 'next' }]);
      expect(saleState(desk, paying(phase))).toBe('keying');
      const arrived = afterNews(desk, paying(phase), KEYING);
      expect(totalFen(press(KEYING, keys('.5'), arrived).desk.amount)).toBe(850);
    },
  );

  it('a second Enter does not wipe the green away', () => {
    expect(press(paying('paid'), ['Enter', 'Enter']).orders).toEqual([]);
  });

  it.each(['declined', 'cancelled'] as const)('Enter tries the same amount again when %s', (phase) => {
    expect(press(paying(phase), ['Enter']).orders).toEqual([{ type: 'retry' }]);
  });

  it.each(['uncertain', 'cancelling', 'attention'] as const)(
    'only Escape turns to the next customer while %s',
    (phase) => {
      const digit = press(paying(phase), keys('8'));
      expect(digit.orders).toEqual([]);
      expect(digit.desk.hint).toBe('LEAVE_OR_WAIT');
      expect(press(paying(phase), ['Escape']).orders).toEqual([{ type: 'next' }]);
    },
  );

  it.each(['working', 'password'] as const)('nobody turns away while it is %s', (phase) => {
    const { desk, orders } = press(paying(phase), ['8', 'Enter', 'Escape']);
    expect(orders).toEqual([]);
    expect(desk.hint).toBe('WAIT_OR_CANCEL');
  });

  it('shows the payment again when the terminal would not let it go', () => {
    const { desk } = press(paying('paid'), keys('8'));
    expect(saleState(afterFailure(desk), paying('paid'))).toBe('paid');
  });
});

describe('keys by name', () => {
  it('know the full stops of other keyboards', () => {
    expect(['。', '．', ',', '.'].map(deskKey)).toEqual(['.', '.', '.', '.']);
  });

  it('leave alone what is not theirs', () => {
    expect(['a', 'F5', 'ArrowLeft', ' '].map(deskKey)).toEqual([undefined, undefined, undefined, undefined]);
  });
});
