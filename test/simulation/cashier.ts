import type { TillView } from '../../src/contract/types.ts';
import { type Fen, fen } from '../../src/core/money.ts';
import { LedgerError } from '../../src/main/ledger/errors.ts';
import { PaymentUnresolved, type Till } from '../../src/main/sales/till.ts';
import { freshCode } from '../../src/simulator/behaviour/codes.ts';
import { type Scenario, scenarioById } from '../../src/simulator/behaviour/scenarios.ts';
import type { Chance } from './chance.ts';
import { createDrawer, type Drawer } from './drawer.ts';
import type { PrintedCode } from './printed-code.ts';
import { createShelf, type Shelf } from './shelf.ts';
import type { Sky } from './weather.ts';

export interface Cashier {
  /** One thing at the till, as hasty people do it. Returns after how many milliseconds the next one comes. */
  act(till: Till): number;
  /** Every payment code that was ever shown. */
  readonly codes: ReadonlySet<string>;
  readonly drawer: Drawer;
  readonly shelf: Shelf;
}

export interface CashierOptions {
  readonly chance: Chance;
  readonly sky: Sky;
  readonly printedCode: PrintedCode;
}

const NOT_CODES = ['6901234567892', '281234567890123456', 'wxp://f2f0xyz', 'hello'];

/** Who comes to this counter. A list of its own: a scenario that is added to the simulator must not move every world. */
const CUSTOMERS = [
  ...['pays', 'coupon', 'password', 'password-cancels', 'walks-away', 'pays-late'],
  ...['not-enough', 'code-expired', 'code-used', 'code-invalid', 'card-not-supported', 'trade-refused', 'pay-error'],
  ...['system-error-moved', 'system-error', 'bank-error-moved', 'bank-error', 'fail-but-paid', 'unlisted-error'],
  ...['return-fail', 'bad-gateway', 'reply-lost', 'request-lost', 'arrives-late', 'slow'],
  ...['garbled', 'bad-sign', 'unsigned', 'wrong-amount', 'query-error', 'query-lost'],
  ...['reverse-error', 'reverse-recall', 'reverse-lost', 'reverse-refused'],
  ...['refund-slow', 'refund-no-balance', 'refund-lost', 'refund-stranded'],
].map(knownScenario);

const APPROVAL = { manager: '王', why: '看到付款成功' };
const HOLDS_PER_VIEW = 0.02;

/**
 * Cashier and customers, at one till with two windows. They double-click, scan twice, scan the last customer's phone
 * again, click on what a window showed a while ago, cancel, pay in cash when nothing else goes, and walk on.
 */
export function createCashier({ chance, sky, printedCode }: CashierOptions): Cashier {
  const codes = new Set<string>();
  const drawer = createDrawer();
  const shelf = createShelf();
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

  /** The next customer's order, or that of one who has come back. */
  function key(till: Till, { held = [] }: TillView): number {
    if (held.length > 0 && chance.happens(0.2)) {
      const { saleId } = chance.pick(held);
      // A window that shows what was a while ago may show another label.
      const label = till.view().held?.find((one) => one.saleId === saleId)?.label;
      if (chance.happens(0.15)) discard(till, saleId, label);
      else unlessUnresolved(() => till.resume(saleId) === undefined && shelf.take(label));
      return chance.between(200, 2_000);
    }
    const amountFen = fen(chance.between(1, 50_000));
    if (chance.happens(HOLDS_PER_VIEW)) hold(till, amountFen);
    else unlessUnresolved(() => till.ask(amountFen));
    return chance.between(200, 2_000);
  }

  function hold(till: Till, amountFen: Fen): void {
    shelf.put(amountFen, (label) => till.hold(amountFen, label));
  }

  function discard(till: Till, saleId: string, label: string | undefined): void {
    shelf.take(label);
    try {
      till.discard(saleId);
    } catch (error) {
      if (!(error instanceof LedgerError)) throw error;
    }
  }

  function payOnCode(till: Till, { amountFen }: TillView): void {
    const shown = printedCode.customerPays(amountFen);
    const transactionId = chance.happens(0.6) ? shown : undefined;
    const times = chance.happens(0.1) ? 2 : 1;
    for (let click = 0; click < times; click++) till.acceptStatic({ amountFen, approval: APPROVAL, transactionId });
  }

  function scan(till: Till, view: TillView): number {
    if (chance.happens(HOLDS_PER_VIEW)) {
      hold(till, view.amountFen);
      return chance.between(500, 2_000);
    }
    if (chance.happens(0.02)) till.scan(chance.pick(NOT_CODES));
    if (chance.happens(0.02) && lastCode !== undefined) till.scan(lastCode);
    if (chance.happens(0.02)) {
      till.cancel();
      return chance.between(500, 2_000);
    }
    const isRefused = view.notice?.code === 'LINE_DOWN';
    if (chance.happens(isRefused ? 0.2 : 0.005)) {
      payOnCode(till, view);
      return chance.between(2_000, 10_000);
    }
    if (chance.happens(isRefused ? 0.8 : 0.01)) {
      payCash(till, view);
      return chance.between(2_000, 10_000);
    }
    const code = showCode();
    till.scan(code);
    if (chance.happens(0.1)) till.scan(code);
    return chance.between(100, 1_500);
  }

  function watch(till: Till, view: TillView): number {
    const { payment } = view;
    if (payment === undefined) return 1_000;
    if (!payment.settled) {
      if (chance.happens(0.03)) till.cancel();
      if (chance.happens(0.03)) unlessUnresolved(() => till.retry());
      if (chance.happens(payment.leavable ? 0.5 : 0.03)) unlessUnresolved(() => till.next());
      return chance.between(500, 4_000);
    }
    // A click too late, on a button that was still there.
    if (chance.happens(0.02)) till.cancel();
    if (payment.phase !== 'paid' && chance.happens(0.05)) hold(till, view.amountFen);
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
        return key(till, view);
      case 'scan':
        return scan(till, view);
      case 'payment':
        return watch(till, view);
      case 'cash':
        return seePaidInCash(till, view);
      case 'static':
        unlessUnresolved(() => till.next());
        return chance.between(200, 2_000);
    }
  }

  return {
    codes,
    drawer: drawer.contents,
    shelf: shelf.contents,
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

function knownScenario(id: string): Scenario {
  const scenario = scenarioById(id);
  if (scenario === undefined) throw new RangeError(`No such customer: ${id}`);
  return scenario;
}

/** The screen says that it cannot be done yet. */
function unlessUnresolved(click: () => unknown): void {
  try {
    click();
  } catch (error) {
    if (!(error instanceof PaymentUnresolved)) throw error;
  }
}
