import type { Endpoint, Fault } from './behaviour.ts';
import type { FaultPlan } from './fault-plan.ts';

/** Which calls of an endpoint it befalls: the next so many of them, or every nth, counted from when it was switched on. */
export type When = { readonly kind: 'next' | 'every'; readonly calls: number };

export interface SwitchedFault {
  readonly id: number;
  readonly endpoint: Endpoint;
  /** Its name among the named faults. */
  readonly faultId: string;
  readonly fault: Fault;
  readonly when: When;
  /** Calls of the endpoint since it was switched on. */
  readonly calls: number;
  /** How many of them it befell. */
  readonly struck: number;
}

/** The faults that can be switched while the simulator runs. Forgotten when it ends. */
export interface FaultSwitchboard {
  /** The oldest that befalls this call, which counts as made for all of them. */
  strike(endpoint: Endpoint): Fault | undefined;
  /** The faults thrown by a seed, if any are. */
  plan(): FaultPlan | undefined;
  setPlan(plan: FaultPlan | undefined): void;
  switchOn(wish: Pick<SwitchedFault, 'endpoint' | 'faultId' | 'fault' | 'when'>): SwitchedFault;
  /** Says whether there was one. */
  switchOff(id: number): boolean;
  /** In the order they were switched on. Those that have befallen all their calls are gone. */
  switched(): readonly SwitchedFault[];
}

export function createFaultSwitchboard(initialPlan?: FaultPlan): FaultSwitchboard {
  let plan = initialPlan;
  let switched: readonly SwitchedFault[] = [];
  let idsGiven = 0;

  return {
    strike(endpoint) {
      if (switched.length === 0) return undefined;
      let fault: Fault | undefined;
      switched = switched.map((one) => {
        if (one.endpoint !== endpoint) return one;
        const counted = { ...one, calls: one.calls + 1 };
        if (fault || !befalls(counted)) return counted;
        fault = one.fault;
        return { ...counted, struck: one.struck + 1 };
      });
      switched = switched.filter(({ when, struck }) => when.kind === 'every' || struck < when.calls);
      return fault;
    },
    plan: () => plan,
    setPlan(next) {
      plan = next;
    },
    switchOn(wish) {
      idsGiven += 1;
      const one = { id: idsGiven, ...wish, calls: 0, struck: 0 };
      switched = [...switched, one];
      return one;
    },
    switchOff(id) {
      const before = switched.length;
      switched = switched.filter((one) => one.id !== id);
      return switched.length < before;
    },
    switched: () => switched,
  };
}

/** One for the next calls that another one came before waits for those that follow. */
function befalls({ when, calls }: SwitchedFault): boolean {
  return when.kind === 'next' || calls % when.calls === 0;
}
