import type { ClosedShift, OpenShift, ShiftView } from '../../contract/types.ts';
import { invariant } from '../../core/assert.ts';
import { fen } from '../../core/money.ts';
import { expectedCashFen, isFromEarlierDay, type Shift, shiftNumber } from '../../core/shift.ts';
import type { Ledger } from '../ledger/open-ledger.ts';

/** The shifts as screens show them. What the drawer should hold is not told before it was counted. */
export function shiftView(
  ledger: Pick<Ledger, 'terminal' | 'shiftOpen' | 'shiftLastClosed'>,
  mode: ShiftView['mode'],
  now: number,
): ShiftView {
  if (mode === 'off') return { mode };
  const terminal = ledger.terminal();
  invariant(terminal, 'A ledger bears its terminal’s name');
  const numberOf = ({ number }: Shift) => shiftNumber(terminal, number);
  const [open, last] = [ledger.shiftOpen(), ledger.shiftLastClosed()];
  return {
    mode,
    ...(open ? { open: openView(open, numberOf(open), now) } : {}),
    ...(last ? { lastClosed: closedView(last, numberOf(last)) } : {}),
  };
}

function openView(shift: Shift, number: string, now: number): OpenShift {
  const { id, openedAt, openedBy, floatFen, moves, count, wechat, cash, couponFen, notSettledFen } = shift;
  return {
    shiftId: id,
    number,
    openedAt,
    openedBy,
    fromEarlierDay: isFromEarlierDay(shift, now),
    floatFen,
    wechat,
    cash,
    couponFen,
    ...(notSettledFen === undefined ? {} : { notSettledFen }),
    moves: moves.map(({ moveId: _, ...move }) => move),
    ...(count ? { count: drawerCount(expectedCashFen(shift), count.countedFen) } : {}),
  };
}

function closedView(shift: Shift, number: string): ClosedShift {
  const { id, openedAt, closed } = shift;
  invariant(closed, `Shift ${id} is not closed`);
  const { at, by, wechat, cash, couponFen, notSettledFen, expectedFen, countedFen, why, owed } = closed;
  return {
    shiftId: id,
    number,
    openedAt,
    closedAt: at,
    closedBy: by,
    wechat,
    cash,
    couponFen,
    ...(notSettledFen === undefined ? {} : { notSettledFen }),
    drawer: drawerCount(expectedFen, countedFen),
    ...(why === undefined ? {} : { why }),
    owed,
  };
}

function drawerCount(expectedFen: number, countedFen: number) {
  return {
    expectedFen: fen(expectedFen),
    countedFen: fen(countedFen),
    differenceFen: fen(countedFen - expectedFen),
  };
}
