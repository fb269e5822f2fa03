import { implement } from '@orpc/server';
import { contract } from '../../src/contract/index.ts';
import type { HeldSaleView, LookUpResult, TillView } from '../../src/contract/types.ts';
import { fen } from '../../src/core/money.ts';

interface FakeOffline {
  readonly calls: string[];
  readonly till: () => TillView;
  readonly show: (view: TillView) => TillView;
}

let nextLookUp: LookUpResult = { proven: true };

/** What the next look-ups find. */
export function findNext(result: LookUpResult): void {
  nextLookUp = result;
}

/** Holding and the static code without books: what is asked is written down, what is shown follows. */
export function fakeOffline({ calls, till, show }: FakeOffline) {
  const os = implement(contract.offline);
  const nothing = (held: readonly HeldSaleView[]): TillView => ({
    step: 'amount',
    amountFen: fen(0),
    ...(held.length > 0 ? { held: [...held] } : {}),
  });
  return {
    hold: os.hold.handler(({ input: { amountFen, label } }) => {
      calls.push(`hold ${amountFen} ${label ?? ''}`.trim());
      const held = till().held ?? [];
      const parked = { saleId: `held-${held.length + 1}`, amountFen, heldAt: Date.now(), ...(label ? { label } : {}) };
      show(nothing([...held, parked]));
      return { accepted: true };
    }),
    resume: os.resume.handler(({ input: { saleId }, errors }) => {
      calls.push(`resume ${saleId}`);
      const held = till().held ?? [];
      const taken = held.find((sale) => sale.saleId === saleId);
      if (!taken) throw errors.NO_SUCH_HELD();
      const others = held.filter((sale) => sale !== taken);
      return show({ ...nothing(others), step: 'scan', amountFen: taken.amountFen, resumed: true });
    }),
    discard: os.discard.handler(({ input: { saleId } }) => {
      calls.push(`discard ${saleId}`);
      return show(nothing((till().held ?? []).filter((sale) => sale.saleId !== saleId)));
    }),
    acceptStatic: os.acceptStatic.handler(({ input: { amountFen, manager, seen, transactionId } }) => {
      calls.push(`acceptStatic ${amountFen} ${manager}: ${seen} ${transactionId ?? ''}`.trim());
      show(aStaticSale({ amountFen, manager, seen, ...(transactionId ? { transactionId } : {}) }));
      return { accepted: true };
    }),
    lookUp: os.lookUp.handler(({ input: { taskId, transactionId } }) => {
      calls.push(`lookUp ${taskId} ${transactionId}`);
      return nextLookUp;
    }),
  };
}

export function aStaticSale(more: Partial<NonNullable<TillView['static']>> = {}): TillView {
  const shown = {
    saleId: 'sale-42',
    saleNumber: '0001-01-000042',
    amountFen: fen(1250),
    state: 'accepted',
    acceptedAt: Date.UTC(2026, 0, 2, 2, 5, 11),
    manager: '王店长',
    seen: '手机显示付给本店',
    ...more,
  } as const;
  return { step: 'static', amountFen: shown.amountFen, saleNumber: shown.saleNumber, static: shown };
}
