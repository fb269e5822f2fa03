import type {
  BooksView,
  ChoicesView,
  CustomerView,
  OrderView,
  PayoutView,
  Purse,
  RefundView,
  SimulatorView,
  SwitchedFaultView,
} from '../../contract/simulator-view.ts';
import { ENDPOINT_NAMES } from '../../simulator/behaviour/endpoint-names.ts';
import type { FaultPlan } from '../../simulator/behaviour/fault-plan.ts';
import type { SwitchedFault } from '../../simulator/behaviour/fault-switchboard.ts';
import { faultById, NAMED_FAULTS } from '../../simulator/behaviour/named-faults.ts';
import { SCENARIOS } from '../../simulator/behaviour/scenarios.ts';
import type { ControlSight } from '../../simulator/control/control.ts';
import type { Ledger } from '../../simulator/ledger/ledger.ts';
import { isAtPasswordBox, isPayable, type SimOrder } from '../../simulator/ledger/order.ts';
import type { SimRefund } from '../../simulator/ledger/refund.ts';
import type { Merchant } from '../../simulator/options.ts';
import type { SimPayout } from '../../simulator/payouts/payout-book.ts';
import type { Account } from '../../simulator/wallets/account.ts';
import { netOfCustomersFen } from '../../simulator/wallets/net-of-customers.ts';
import type { Wallet, WalletBook } from '../../simulator/wallets/wallet-book.ts';

/** As many of each as a page can show; the ledger has all. */
const SHOWN_MAX = 100;

/** What the page shows of a simulator: names and sums, and neither payment codes nor hashes of them. */
export function simulatorView(sight: ControlSight, merchant: Pick<Merchant, 'appId' | 'mchId'>): SimulatorView {
  const { now, ledger, switchboard, violations } = sight;
  const { wallets } = ledger;
  const orders = ledger.orders();
  const refunds = orders.flatMap((order) => order.refunds.map((refund) => refundView(refund, order)));
  const plan = switchboard.plan();
  return {
    now,
    merchant: { appId: merchant.appId, mchId: merchant.mchId },
    books: booksView(ledger),
    customers: wallets.wallets().map(customerView),
    passersBy: purseOf(wallets.passersBy()),
    orders: newest(orders).map((order) => orderView(order, wallets, now)),
    refunds: newest(refunds.sort((a, b) => a.acceptedAt - b.acceptedAt)),
    payouts: newest(ledger.payouts.payouts()).map(payoutView),
    violations: newest(violations),
    faults: { switched: switchboard.switched().map(switchedFaultView), plan: plan ? planView(plan) : null },
    choices: CHOICES,
  };
}

export function customerView({ openid, name, balanceFen, account }: Wallet): CustomerView {
  return { openid, name, balanceFen, ...purseOf(account) };
}

export function orderView(order: SimOrder, wallets: WalletBook, now: number): OrderView {
  const { outTradeNo, state, amountFen, couponFen, refundedFen, body, openedAt, placement, plan, openid } = order;
  const isWaiting = placement !== undefined && isPayable(order) && now < placement.expiresAt;
  return {
    outTradeNo,
    tradeType: placement?.tradeType ?? 'MICROPAY',
    state,
    amountFen,
    couponFen,
    refundedFen,
    body,
    openedAt,
    payer: wallets.find(openid)?.name ?? null,
    failedWith: plan.act.kind === 'fails' && isUnpaid(order) ? plan.act.errCode : null,
    atPasswordBox: isAtPasswordBox(order) ? { act: plan.act.kind, at: plan.at } : null,
    payableUntil: isWaiting ? placement.expiresAt : null,
  };
}

function isUnpaid({ state }: SimOrder): boolean {
  return state === 'NOTPAY' || state === 'PAYERROR';
}

export function switchedFaultView({ id, endpoint, faultId, when, struck }: SwitchedFault): SwitchedFaultView {
  const title = faultById(faultId)?.title ?? { zh: faultId, en: faultId };
  return { id, endpoint, faultId, title, when, struck };
}

function booksView(ledger: Ledger): BooksView {
  const { orders, paid, reversed, chargedFen, returnedFen, refundedFen, paidOutFen, payoutFeesFen, netFen } =
    ledger.books();
  const totals = { orders, paid, reversed, chargedFen, returnedFen, refundedFen, paidOutFen, payoutFeesFen, netFen };
  return { ...totals, netOfCustomersFen: netOfCustomersFen(ledger) };
}

function purseOf({ paidFen, gotBackFen, receivedFen }: Account): Purse {
  return { paidFen, gotBackFen, receivedFen };
}

function refundView({ outRefundNo, refundFen, state, acceptedAt }: SimRefund, { outTradeNo }: SimOrder): RefundView {
  return { outRefundNo, outTradeNo, refundFen, state, acceptedAt };
}

function payoutView({ family, number, amountFen, feeFen, state, madeAt }: SimPayout): PayoutView {
  return { family, number, amountFen, feeFen, state, madeAt };
}

function planView({ seed, rate, customers = 0 }: FaultPlan): { seed: number; rate: number; customers: number } {
  return { seed, rate, customers };
}

function newest<T>(all: readonly T[]): T[] {
  return all.slice(-SHOWN_MAX).reverse();
}

const CHOICES: ChoicesView = {
  scenarios: SCENARIOS.map(({ id, title }) => ({ id, title })),
  faults: NAMED_FAULTS.map(({ id, title, only = null }) => ({ id, title, only })),
  endpoints: ENDPOINT_NAMES,
};
