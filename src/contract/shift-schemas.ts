import * as z from 'zod';
import { fen, SALE_MAX_FEN } from '../core/money.ts';
import { MANAGER_MAX, WHY_MAX } from './queue-limits.ts';
import { EpochMs, Money } from './schemas.ts';
import { typedWords } from './typed-words.ts';

/** Money that a person counts or keys for the drawer: nothing at all is a count, too. */
const DrawerAmount = z.int().min(0).max(SALE_MAX_FEN).transform(fen);
const MovedAmount = z.int().min(1).max(SALE_MAX_FEN).transform(fen);
const By = typedWords(MANAGER_MAX);
const Direction = z.enum(['in', 'out']);
const Total = z.object({ count: z.int(), amountFen: Money });
/** As core/shift-rows.ts has them: what came in and went back, by tender, and what is in none of it. */
const Totals = z.object({
  wechat: Total,
  couponFen: Money,
  notSettledFen: Money.optional(),
  staticCode: Total,
  cash: Total,
  wechatRefunds: Total,
  cashRefunds: Total,
  owed: Total,
  toVerify: Total,
});

/** A count against what the drawer should hold. Above 0 there is too much, below it too little. */
export const DrawerCount = z.object({ expectedFen: Money, countedFen: Money, differenceFen: Money });

/** The open shift: an X report that can be looked at any time. */
export const OpenShift = Totals.extend({
  shiftId: z.string(),
  /** "0001-01-Z0042" */
  number: z.string(),
  openedAt: EpochMs,
  openedBy: z.string(),
  /** It began before today and has to be closed by somebody. */
  fromEarlierDay: z.boolean(),
  floatFen: Money,
  moves: z.array(z.object({ direction: Direction, amountFen: Money, why: z.string(), by: z.string(), at: EpochMs })),
  /** Only once the drawer was counted: who is still to count is not told what should be in it. */
  count: DrawerCount.optional(),
});

export const ClosedShift = Totals.extend({
  shiftId: z.string(),
  number: z.string(),
  openedAt: EpochMs,
  closedAt: EpochMs,
  closedBy: z.string(),
  drawer: DrawerCount,
  why: z.string().optional(),
});

export const ShiftView = z.object({
  /** off: this shop has none. asked: the screen offers one, and never holds up a sale for it. */
  mode: z.enum(['off', 'asked']),
  open: OpenShift.optional(),
  lastClosed: ClosedShift.optional(),
});

export const ShiftRef = z.object({ shiftId: z.string().min(1).max(64) });
export const ShiftOpening = z.object({ floatFen: DrawerAmount, by: By });
export const CashMoveOrder = ShiftRef.extend({
  /** Made once for each form: pressed twice, it is one move. */
  moveId: z.string().min(1).max(64),
  direction: Direction,
  amountFen: MovedAmount,
  why: typedWords(WHY_MAX),
  by: By,
});
export const CountOrder = ShiftRef.extend({ countedFen: DrawerAmount, by: By });
export const ClosingOrder = ShiftRef.extend({
  by: By,
  /** Needed when the drawer holds another sum than it should. */
  why: typedWords(WHY_MAX).optional(),
  /** What the person was shown as not settled: closing over anything else is refused. */
  owedSeen: Total,
});
