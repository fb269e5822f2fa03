import type { TillView } from '../../src/contract/types.ts';
import { fen } from '../../src/core/money.ts';
import { PaymentUnresolved, type Till } from '../../src/main/sales/till.ts';
import { freshCode } from '../../src/simulator/behaviour/codes.ts';
import { SCENARIOS } from '../../src/simulator/behaviour/scenarios.ts';
import type { Chance } from './chance.ts';
import { createDrawer, type Drawer } from './drawer.ts';
import type { Sky } from './weather.ts';

export interface Cashier {
  /** One thing at the till, as hasty people do it. Returns after how many milliseconds the next one comes. */
  act(till: Till): number;
  /** Every payment code that was ever shown. */
  readonly codes: ReadonlySet<string>;
  readonly drawer: Drawer;
}

const NOT_CODES = ['6901234567892', '281234567890123456', 'wxp://f2f0xyz', 'hello'];

/** Nobody asks for a refund here: a customer who differs from others only then would be one more who pays at once. */
const CUSTOMERS = SCENARIOS.filter(
  ({ behaviour }) => behaviour.refund === undefined && behaviour.refunds === undefined,
);

/**
 * Cashier and customers, at one till with two windows. They double-click, scan twice, scan the last customer's phone
 * again, click on what a window showed a while ago, cancel, pay in cash when nothing else goes, and walk on.
 */
export function createCashier({ chance, sky }: { readonly chance: Chance; readonly sky: Sky }): Cashier {
  const codes = new Set<string>();
  const drawer = createDrawer();
  let lastCode: string | undefined;
  let otherWindow: TillView = { step: 'amount', amountFen: fen(0) };

  function showCode(): string {
    const code = chance.happens(sky.weather.customers)
      ? freshCode(chance.pick(CUSTOMERS), chance.next)
      : `13${String(chance.between(0, 99_999_999)).padStart(8, '0')}${String(chance.between(0, 99_999_999)).padStart(8, '0')}`;
    codes.add(code);
    lastCode = code;
    return code;
  }

  function payCash(till: Till, { amountFen }: TillView): void {
    const tenderedFen = fen(amountFen + chance.pick([0, 0, 1, 5_000, -1]));
    drawer.put(amountFen, () => (till.takeCash(amountFen, tenderedFen) ? undefined : cashSaleOf(till)));
  }

  function scan(till: Till, view: TillView): number {
    if (chance.happens(0.02)) till.scan(chance.pick(NOT_CODES));
    if (chance.happens(0.02) && lastCode !== undefined) till.scan(lastCode);
    if (chance.happens(0.02)) {
      till.cancel();
      return chance.between(500, 2_000);
    }
    const isRefused = view.notice?.code === 'LINE_DOWN';
    if (chance.happens(isRefused ? 0.8 : 0.01)) {
      payCash(till, view);
      return chance.between(2_000, 10_000);
    }
    const code = showCode();
    till.scan(code);
    if (chance.happens(0.1)) till.scan(code);
    return chance.between(100, 1_500);
  }

  function watch(till: Till, { payment }: TillView): number {
    if (payment === undefined) return 1_000;
    if (!payment.settled) {
      if (chance.happens(0.03)) till.cancel();
      if (chance.happens(0.03)) unlessUnresolved(() => till.retry());
      if (chance.happens(payment.leavable ? 0.5 : 0.03)) unlessUnresolved(() => till.next());
      return chance.between(500, 4_000);
    }
    // A click too late, on a button that was still there.
    if (chance.happens(0.02)) till.cancel();
    const again = payment.phase !== 'paid' && chance.happens(0.4);
    const times = chance.happens(0.05) ? 2 : 1;
    for (let click = 0; click < times; click++) unlessUnresolved(() => (again ? till.retry() : till.next()));
    return chance.between(200, 2_000);
  }

  function seePaidInCash(till: Till, view: TillView): number {
    if (chance.happens(0.1)) payCash(till, view);
    unlessUnresolved(() => till.next());
    return chance.between(200, 2_000);
  }

  /** What somebody does who sees this, whether or not it is still so. */
  function respond(till: Till, view: TillView): number {
    switch (view.step) {
      case 'amount':
        unlessUnresolved(() => till.ask(fen(chance.between(1, 50_000))));
        return chance.between(200, 2_000);
      case 'scan':
        return scan(till, view);
      case 'payment':
        return watch(till, view);
      case 'cash':
        return seePaidInCash(till, view);
      case 'static':
        throw new Error('No cashier of this simulation takes payments on the static code');
    }
  }

  return {
    codes,
    drawer: drawer.contents,
    act(till) {
      if (chance.happens(0.02)) {
        respond(till, otherWindow);
        otherWindow = till.view();
      }
      return respond(till, till.view());
    },
  };
}

function cashSaleOf(till: Till): string | undefined {
  return till.view().cash?.saleId;
}

/** The screen says that it cannot be done yet. */
function unlessUnresolved(click: () => unknown): void {
  try {
    click();
  } catch (error) {
    if (!(error instanceof PaymentUnresolved)) throw error;
  }
}
