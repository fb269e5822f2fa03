import { implement } from '@orpc/server';
import { contract } from '../../contract/index.ts';
import type { ShiftView } from '../../contract/types.ts';
import { LedgerError } from '../ledger/errors.ts';
import type { Topic } from '../topic.ts';
import type { ShiftRefusal, Shifts } from './shifts.ts';

export interface ShiftParts {
  readonly mode: ShiftView['mode'];
  readonly shifts: Shifts;
  readonly topic: Topic<ShiftView>;
}

type Refusal = ShiftRefusal | 'SHIFTS_OFF' | 'LEDGER_UNWRITABLE';

/** The contract's `shift`. */
export function shiftRoutes({ mode, shifts, topic }: ShiftParts) {
  const os = implement(contract.shift);

  /** Does it where the shop has shifts. @throws whatever the contract calls the refusal. */
  function act(what: () => Refusal | undefined, errors: Readonly<Record<Refusal, () => Error>>): { done: true } {
    const refusal = mode === 'off' ? 'SHIFTS_OFF' : written(what);
    if (refusal !== undefined) throw errors[refusal]();
    return { done: true };
  }

  return {
    watch: os.watch.handler(({ signal }) => topic.watch(signal)),
    open: os.open.handler(({ input: { floatFen, by }, errors }) => act(() => shifts.open(floatFen, by), errors)),
    moveCash: os.moveCash.handler(({ input: { shiftId, ...move }, errors }) =>
      act(() => shifts.moveCash(shiftId, move), errors),
    ),
    count: os.count.handler(({ input: { shiftId, countedFen, by }, errors }) =>
      act(() => shifts.count(shiftId, countedFen, by), errors),
    ),
    close: os.close.handler(({ input: { shiftId, ...closing }, errors }) =>
      act(() => shifts.close(shiftId, closing), errors),
    ),
    print: os.print.handler(({ input: { shiftId }, errors }) => {
      if (mode === 'off') throw errors.SHIFTS_OFF();
      const printing = written(() => shifts.print(shiftId));
      if (typeof printing === 'string') throw errors[printing]();
      return { printing };
    }),
  };
}

function written<T>(act: () => T): T | 'LEDGER_UNWRITABLE' {
  try {
    return act();
  } catch (error) {
    if (error instanceof LedgerError) return 'LEDGER_UNWRITABLE';
    throw error;
  }
}
