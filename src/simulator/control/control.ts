import { type Fen, fen } from '../../core/money.ts';
import { freshCode } from '../behaviour/codes.ts';
import { isEndpoint } from '../behaviour/endpoint-names.ts';
import type { FaultPlan } from '../behaviour/fault-plan.ts';
import type { FaultSwitchboard, SwitchedFault, When } from '../behaviour/fault-switchboard.ts';
import { faultById } from '../behaviour/named-faults.ts';
import { type Scenario, scenarioById } from '../behaviour/scenarios.ts';
import { openidOf } from '../customer.ts';
import type { Violation } from '../desk.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { isAtPasswordBox, isPayable, type SimOrder } from '../ledger/order.ts';
import type { Visitors } from '../visitors.ts';
import type { Wallet } from '../wallets/wallet-book.ts';
import { type Mind, planOfMind } from './mind.ts';
import { ControlRefusal, type RefusalCode } from './refusal.ts';

const CUSTOMERS_MAX = 50;
const FAULTS_MAX = 20;
/** So that no sum over all wallets ever leaves the safe integers. */
const PURSE_MAX_FEN = 10_000_000_000;

/**
 * What a trainer may do while the simulator runs: be the customers, and break the line. Every call throws a
 * ControlRefusal, and changes nothing, when what it is asked for cannot be.
 */
export interface SimulatorControl {
  openWallet(name: string, balanceFen: Fen): Wallet;
  topUp(openid: string, amountFen: Fen): Wallet;
  /** A payment code that nobody has shown before, of that customer or, left out, of a passer-by. */
  showCode(scenarioId: string, openid: string | undefined): string;
  /** A customer comes to an order that was placed, and does what that scenario's customer does. */
  comeToPay(outTradeNo: string, scenarioId: string, openid: string | undefined): SimOrder;
  /** Whoever is at the order's password box does this now or, late, after `lateMs`. */
  tellCustomer(outTradeNo: string, mind: Mind, lateMs: number): SimOrder;
  switchFaultOn(endpoint: string, faultId: string, when: When): SwitchedFault;
  switchFaultOff(id: number): void;
  setFaultPlan(plan: FaultPlan | undefined): void;
  /** All of the ledger as it stands now, and what can be done to it. */
  look(): ControlSight;
}

export interface ControlSight {
  readonly now: number;
  readonly ledger: Ledger;
  readonly switchboard: FaultSwitchboard;
  readonly violations: readonly Violation[];
}

export interface ControlParts {
  readonly ledger: Ledger;
  readonly switchboard: FaultSwitchboard;
  readonly visitors: Visitors;
  violations(): readonly Violation[];
  /** Keyed, as the service keeps payment codes. */
  hash(text: string): string;
  now(): number;
  random(): number;
}

export function createControl(parts: ControlParts): SimulatorControl {
  const { ledger, switchboard, visitors, hash, now, random } = parts;
  const { wallets } = ledger;

  function knownOrder(outTradeNo: string): SimOrder {
    ledger.settle(now());
    return ledger.find({ outTradeNo }) ?? refuse('NO_SUCH_ORDER');
  }

  function knownWallet(openid: string): Wallet {
    return wallets.find(openid) ?? refuse('NO_SUCH_CUSTOMER');
  }

  return {
    openWallet(name, balanceFen) {
      const nth = wallets.wallets().length + 1;
      if (nth > CUSTOMERS_MAX) refuse('TOO_MANY_CUSTOMERS');
      return wallets.open({ openid: openidOf(hash(`wallet ${nth}`)), name, balanceFen }, now());
    },
    topUp(openid, amountFen) {
      if (knownWallet(openid).toppedUpFen + amountFen > PURSE_MAX_FEN) refuse('TOO_MUCH_MONEY');
      return wallets.topUp(openid, amountFen, now());
    },
    showCode(scenarioId, openid) {
      const code = freshCode(knownScenario(scenarioId), random);
      if (openid !== undefined) wallets.showCode(knownWallet(openid).openid, hash(code), now());
      return code;
    },
    comeToPay(outTradeNo, scenarioId, openid) {
      const order = knownOrder(outTradeNo);
      const { id } = knownScenario(scenarioId);
      const { placement } = order;
      if (!placement || !isPayable(order) || now() >= placement.expiresAt) refuse('NOT_PAYABLE');
      return visitors.pay(placement.prepayId, id, openid === undefined ? undefined : knownWallet(openid).openid);
    },
    tellCustomer(outTradeNo, mind, lateMs) {
      if (!isAtPasswordBox(knownOrder(outTradeNo))) refuse('NOBODY_IS_PAYING');
      return ledger.changeMind(outTradeNo, planOfMind(mind, now(), lateMs), now());
    },
    switchFaultOn(endpointName, faultId, when) {
      const named = faultById(faultId);
      if (!named || !isEndpoint(endpointName)) refuse('NO_SUCH_FAULT');
      if (named.only !== undefined && named.only !== endpointName) refuse('NOT_FOR_THIS_CALL');
      if (switchboard.switched().length >= FAULTS_MAX) refuse('TOO_MANY_FAULTS');
      return switchboard.switchOn({ endpoint: endpointName, faultId, fault: named.fault, when });
    },
    switchFaultOff(id) {
      if (!switchboard.switchOff(id)) refuse('NO_SUCH_FAULT');
    },
    setFaultPlan: (plan) => switchboard.setPlan(plan),
    look() {
      const at = now();
      ledger.settle(at);
      return { now: at, ledger, switchboard, violations: parts.violations() };
    },
  };
}

/** The customers a lesson begins with, from well off to nearly broke. Only where there are none yet. */
export function openFirstWallets(control: SimulatorControl): void {
  if (control.look().ledger.wallets.wallets().length > 0) return;
  control.openWallet('小明 Ming', fen(50_000));
  control.openWallet('小红 Hong', fen(2_000));
  control.openWallet('老王 Wang', fen(50));
}

function knownScenario(id: string): Scenario {
  return scenarioById(id) ?? refuse('NO_SUCH_SCENARIO');
}

function refuse(code: RefusalCode): never {
  throw new ControlRefusal(code);
}
