import { useState } from 'react';
import type { FaultsView } from '../../contract/simulator-view.ts';
import styles from './page.module.css';
import rows from './rows.module.css';
import type { SimulatorClient } from './simulator-client.ts';
import { useWords } from './words.ts';

interface RandomFaultsProps {
  readonly simulator: SimulatorClient;
  readonly plan: FaultsView['plan'];
}

/** Faults by a seed: the same seed brings the same bad day again. */
export function RandomFaults({ simulator, plan }: RandomFaultsProps) {
  const words = useWords();
  const [seed, setSeed] = useState(1);
  const [rate, setRate] = useState(20);
  const [customers, setCustomers] = useState(30);
  if (plan) {
    return (
      <div className={rows.fault}>
        <span>{words.planIsOn(plan.seed, Math.round(plan.rate * 100), Math.round(plan.customers * 100))}</span>
        <button type="button" onClick={() => simulator.call('set-fault-plan', { plan: null })}>
          {words.planOff}
        </button>
      </div>
    );
  }
  const next = { seed, rate: rate / 100, customers: customers / 100 };
  return (
    <>
      <WholeNumber label={words.seed} max={0xffff_ffff} value={seed} onValue={setSeed} />
      <WholeNumber label={words.rate} max={100} value={rate} onValue={setRate} />
      <WholeNumber label={words.customersRate} max={100} value={customers} onValue={setCustomers} />
      <button type="button" onClick={() => simulator.call('set-fault-plan', { plan: next })}>
        {words.planOn}
      </button>
    </>
  );
}

interface WholeNumberProps {
  readonly label: string;
  readonly max: number;
  readonly value: number;
  readonly onValue: (value: number) => void;
}

function WholeNumber({ label, max, value, onValue }: WholeNumberProps) {
  return (
    <label className={styles.besides}>
      {label}
      <input
        className={styles.amount}
        type="number"
        min={0}
        max={max}
        value={value}
        onChange={({ target }) => onValue(Math.min(max, Math.max(0, Math.floor(target.valueAsNumber) || 0)))}
      />
    </label>
  );
}
