import type { FaultPlan } from '../../src/simulator/behaviour/fault-plan.ts';

/** What goes wrong in a world, and how often: shares of calls, commits and sales, each 0 to 1. */
export interface Weather {
  /** Calls that go wrong at the gateway. */
  readonly gateway: number;
  /** Customers who do something else than pay at once. */
  readonly customers: number;
  /** Calls that go wrong on the line. */
  readonly line: number;
  /** Deaths of the process: at a call, or beside a commit. */
  readonly death: number;
  /** Outages and full disks, per sale. */
  readonly outage: number;
  readonly fullDisk: number;
  /** Restarts whose wall clock is not what it was. */
  readonly clockJump: number;
  /** Sales in the middle of which somebody sets the wall clock of the running till. */
  readonly clockSet: number;
  /** Receipts whose printer fails. */
  readonly printer: number;
  /** Times that a manager does something between two acts of the cashier. */
  readonly manager: number;
}

export const ROUGH: Weather = {
  gateway: 0.08,
  customers: 0.08,
  line: 0.04,
  death: 0.0006,
  outage: 0.004,
  fullDisk: 0.003,
  clockJump: 0.3,
  clockSet: 0.01,
  printer: 0.05,
  manager: 0.03,
};

export type OutageKind = 'none' | 'refused' | 'silent';

/** The weather as it is right now. `heal` ends it all, for good. */
export function createSky(seed: number, weather: Weather) {
  const plan: { -readonly [K in keyof FaultPlan]: FaultPlan[K] } = {
    seed,
    rate: weather.gateway,
    customers: weather.customers,
  };
  const sky = {
    weather,
    /** The simulator reads it at each call, so that healing reaches it. */
    plan,
    outage: 'none' as OutageKind,
    diskFull: false,
    healed: false,
    heal(): void {
      plan.rate = 0;
      sky.outage = 'none';
      sky.diskFull = false;
      sky.healed = true;
    },
  };
  return sky;
}

export type Sky = ReturnType<typeof createSky>;

/** The same faults, more often or more seldom. */
export function scaled(weather: Weather, force: number): Weather {
  const share = (value: number) => Math.min(0.5, value * force);
  return {
    gateway: share(weather.gateway),
    customers: share(weather.customers),
    line: share(weather.line),
    death: share(weather.death),
    outage: share(weather.outage),
    fullDisk: share(weather.fullDisk),
    clockJump: weather.clockJump,
    clockSet: share(weather.clockSet),
    printer: share(weather.printer),
    manager: share(weather.manager),
  };
}
