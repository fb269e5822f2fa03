import { eventIterator, oc } from '@orpc/contract';
import * as z from 'zod';
import { CashMoveOrder, ClosingOrder, CountOrder, ShiftOpening, ShiftRef, ShiftView } from './shift-schemas.ts';

/** It is durable; every window hears of it by `watch`. */
const Done = z.object({ done: z.literal(true) });

/** Why an act was refused; nothing of it happened then. */
const REFUSALS = {
  SHIFTS_OFF: {},
  ALREADY_OPEN: {},
  /** It was closed meanwhile, or never was. */
  NO_OPEN_SHIFT: {},
  /** The drawer was not counted since cash last went in or out. */
  NOT_COUNTED: {},
  WHY_MISSING: {},
  /** More, or less, is unsettled than the person was shown. */
  OWED_CHANGED: {},
  LEDGER_UNWRITABLE: {},
};

/** From a float in the drawer to a count of it. */
export const shiftContract = {
  watch: oc.input(z.object({}).optional()).output(eventIterator(ShiftView)),
  open: oc.input(ShiftOpening).output(Done).errors(REFUSALS),
  moveCash: oc.input(CashMoveOrder).output(Done).errors(REFUSALS),
  /**
   * A count without knowing what should be there. When it fits and all is settled, the shift is closed with it at
   * once; else the view tells the difference, and `close` is a second word.
   */
  count: oc.input(CountOrder).output(Done).errors(REFUSALS),
  close: oc.input(ClosingOrder).output(Done).errors(REFUSALS),
  /** An X report of the open shift, a copy of the Z report of a closed one. `printing`: false without a printer. */
  print: oc
    .input(ShiftRef)
    .output(z.object({ printing: z.boolean() }))
    .errors(REFUSALS),
};
