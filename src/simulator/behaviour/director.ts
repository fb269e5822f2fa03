import { type Behaviour, type Customer, type Endpoint, type Fault, PAYS_AT_ONCE } from './behaviour.ts';
import { scenarioOfCode } from './codes.ts';
import { plannedCustomer, plannedFault } from './fault-plan.ts';
import type { FaultSwitchboard } from './fault-switchboard.ts';
import { createRulebook, type Rule } from './rules.ts';
import { scenarioById } from './scenarios.ts';
import type { SideEndpointName } from './side-faults.ts';

/** Orders whose calls are counted at the same time: enough for any till, and no leak in a long simulation. */
const COUNTED_MAX = 10_000;

export interface PayDirection {
  /** The scenario's id, kept with the order so that its later calls behave accordingly. */
  readonly scenario: string;
  readonly customer: Customer;
  readonly fault?: Fault;
}

/**
 * Says for each call who the customer is and what goes wrong. What a trainer has switched on comes first, then rules,
 * then the code, then the seed.
 */
export interface Director {
  pay(call: { readonly outTradeNo: string; readonly amountFen: number; readonly code: string }): PayDirection;
  followUp(
    endpoint: Exclude<Endpoint, 'micropay' | SideEndpointName>,
    outTradeNo: string,
    order: FollowedOrder | undefined,
  ): Fault | undefined;
  /** Of a call that is about no order: by rules and by the seed alone. */
  aside(endpoint: SideEndpointName, number: string, amountFen: number | undefined): Fault | undefined;
}

export interface FollowedOrder {
  readonly amountFen: number;
  readonly scenario: string;
}

export function createDirector({
  rules,
  switchboard,
}: {
  readonly rules: readonly Rule[];
  readonly switchboard: FaultSwitchboard;
}): Director {
  const rulebook = createRulebook(rules);
  const countCall = callCounter();

  function seeded(endpoint: Endpoint, number: string, nth: number): Fault | undefined {
    const faults = switchboard.plan();
    return faults && plannedFault(faults, endpoint, number, nth);
  }

  return {
    pay({ outTradeNo, amountFen, code }) {
      const nth = countCall('micropay', outTradeNo);
      const faults = switchboard.plan();
      const ruled = rulebook.decide({ endpoint: 'micropay', amountFen, code });
      const scenario = ruled && 'scenario' in ruled ? scenarioById(ruled.scenario) : scenarioOfCode(code);
      const behaviour: Behaviour = scenario?.behaviour ?? PAYS_AT_ONCE;
      const seededCustomer = faults && !scenario ? plannedCustomer(faults, outTradeNo) : undefined;
      // A client that sends the same call again gets through: a scenario's fault is the first call's.
      const ownFault = nth === 1 ? behaviour.micropay : undefined;
      const ruledFault = ruled && 'fault' in ruled ? ruled.fault : undefined;
      const switched = switchboard.strike('micropay');
      const fault = switched ?? ruledFault ?? ownFault ?? seeded('micropay', outTradeNo, nth);
      return {
        scenario: scenario?.id ?? (seededCustomer ? 'seeded' : 'pays'),
        customer: seededCustomer ?? behaviour.customer,
        ...(fault ? { fault } : {}),
      };
    },
    followUp(endpoint, outTradeNo, order) {
      const nth = countCall(endpoint, outTradeNo);
      const ruled = rulebook.decide({ endpoint, amountFen: order?.amountFen, code: undefined });
      const switched = switchboard.strike(endpoint);
      if (switched) return switched;
      if (ruled && 'fault' in ruled) return ruled.fault;
      const passing = order && scenarioById(order.scenario)?.behaviour[endpoint];
      if (passing && nth <= passing.times) return passing.fault;
      return seeded(endpoint, outTradeNo, nth);
    },
    aside(endpoint, number, amountFen) {
      const nth = countCall(endpoint, number);
      const ruled = rulebook.decide({ endpoint, amountFen, code: undefined });
      const switched = switchboard.strike(endpoint);
      if (switched) return switched;
      if (ruled && 'fault' in ruled) return ruled.fault;
      return seeded(endpoint, number, nth);
    },
  };
}

/** Counts from 1, per order and kind of call. Forgotten when the simulator ends: a fault that passes starts anew. */
function callCounter(): (endpoint: Endpoint, outTradeNo: string) => number {
  const counts = new Map<string, number>();
  return (endpoint, outTradeNo) => {
    const key = `${endpoint} ${outTradeNo}`;
    const count = (counts.get(key) ?? 0) + 1;
    counts.delete(key);
    counts.set(key, count);
    if (counts.size > COUNTED_MAX) {
      const [oldest] = counts.keys();
      if (oldest !== undefined) counts.delete(oldest);
    }
    return count;
  };
}
