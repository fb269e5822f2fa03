import { Secret } from '../core/secret.ts';
import type { FaultPlan } from './behaviour/fault-plan.ts';
import type { Rule } from './behaviour/rules.ts';
import type { BillHours } from './bills/bill-hours.ts';
import { USUAL_FEE_BASIS_POINTS } from './bills/fees.ts';
import { type SimulatorClock, systemClock } from './clock.ts';
import type { RefundEnd } from './ledger/events.ts';
import { PAYOUT_SETTINGS, type PayoutSettings } from './payouts/payout-settings.ts';

/** The one merchant the simulator knows. */
export interface Merchant {
  readonly appId: string;
  readonly mchId: string;
  /** The APIv2 key: 32 characters. */
  readonly apiKey: Secret;
}

/** How long customers and the line take, in milliseconds. */
export interface Delays {
  /** From the pay call until a customer has typed the password, cancelled it, or the bank has refused. */
  readonly passwordMs: number;
  /** How long the password box of a customer who walked away stays open; no reversal until then. */
  readonly walkAwayMs: number;
  /** A customer who waits for the reversal confirms by himself after this long. */
  readonly payLateMs: number;
  /** How long a late pay call wanders about. */
  readonly arriveLateMs: number;
  /** A slow reply. */
  readonly slowMs: number;
  /** WeChat Pay wants no reversal sooner than this after the pay call. */
  readonly reverseNotBeforeMs: number;
  /** WeChat Pay wants no order closed sooner than this after it was placed. */
  readonly closeNotBeforeMs: number;
  /** From a refund's acceptance to its end. */
  readonly refundMs: number;
  /** WeChat Pay wants at least this between two refunds of the same order. */
  readonly refundGapMs: number;
}

export const HUMAN_DELAYS: Delays = {
  passwordMs: 6_000,
  walkAwayMs: 30_000,
  payLateMs: 600_000,
  arriveLateMs: 60_000,
  slowMs: 8_000,
  reverseNotBeforeMs: 15_000,
  closeNotBeforeMs: 300_000,
  refundMs: 60_000,
  refundGapMs: 60_000,
};

/** The merchant of the API's own published samples: known to everybody, so of no use to a thief. */
export const SAMPLE_MERCHANT: Merchant = {
  appId: 'wxd930ea5d5a258f4f',
  mchId: '10000100',
  apiKey: new Secret('192006250b4c09247ec02edce69f6a2d'),
};

/** What decides how the simulated service behaves, apart from sockets and certificates. */
export interface ServiceOptions {
  readonly merchant?: Merchant;
  readonly delays?: Partial<Delays>;
  readonly rules?: readonly Rule[];
  readonly faults?: FaultPlan;
  /** A reversal that comes too early is noted among the violations; `refuse` also refuses it. Default: `note`. */
  readonly earlyReverse?: 'note' | 'refuse';
  /** The same of an order that is closed too early. Default: `note`. */
  readonly earlyClose?: 'note' | 'refuse';
  /** How refunds end that are accepted from now on. Default: `SUCCESS`. */
  readonly refundEnd?: RefundEnd;
  readonly payouts?: Partial<PayoutSettings>;
  /** What the merchant pays of each order, in hundredths of a percent, 0 to 10,000. Default: 60, which is 0.60%. */
  readonly feeBasisPoints?: number;
  /** `at-once` gives any day's bill at any time: for training and tests. Default: `documented`. */
  readonly billHours?: BillHours;
  readonly clock?: SimulatorClock;
  /** For nonces and fresh codes: a number in [0, 1). */
  readonly random?: () => number;
}

export interface SimulatorOptions extends ServiceOptions {
  /** The TLS port on 127.0.0.1; 0, the default, takes any that is free. */
  readonly port?: number;
  /** A second port without TLS, for clients that cannot do it. None unless given; 0 takes any that is free. */
  readonly plainPort?: number;
  /** Where the ledger is kept; in memory when left out. */
  readonly dataDir?: string;
  /** Where the certificates are kept for a till to find; in memory when left out. */
  readonly certDir?: string;
}

export type ServiceSettings = Required<Omit<ServiceOptions, 'faults' | 'delays' | 'payouts'>> & {
  readonly delays: Delays;
  readonly payouts: PayoutSettings;
  readonly faults?: FaultPlan;
};

/** @throws RangeError when the merchant's key is not one that WeChat Pay could have given out, or no fee is like that. */
export function settingsOf(options: ServiceOptions): ServiceSettings {
  const { merchant = SAMPLE_MERCHANT, faults, feeBasisPoints = USUAL_FEE_BASIS_POINTS } = options;
  if (merchant.apiKey.reveal().length !== 32) throw new RangeError('The simulator needs an API key of 32 characters');
  if (!Number.isInteger(feeBasisPoints) || feeBasisPoints < 0 || feeBasisPoints > 10_000) {
    throw new RangeError('The simulator takes fees from 0 to 10,000 hundredths of a percent');
  }
  return {
    merchant,
    delays: { ...HUMAN_DELAYS, ...options.delays },
    payouts: { ...PAYOUT_SETTINGS, ...options.payouts },
    rules: options.rules ?? [],
    ...(faults ? { faults } : {}),
    earlyReverse: options.earlyReverse ?? 'note',
    earlyClose: options.earlyClose ?? 'note',
    refundEnd: options.refundEnd ?? 'SUCCESS',
    feeBasisPoints,
    billHours: options.billHours ?? 'documented',
    clock: options.clock ?? systemClock,
    random: options.random ?? Math.random,
  };
}
