import { useState } from 'react';
import type { SimulatorView, SwitchedFaultView } from '../../contract/simulator-view.ts';
import { inLanguage, useLanguage } from '../i18n/messages.ts';
import styles from './page.module.css';
import { RandomFaults } from './random-faults.tsx';
import rows from './rows.module.css';
import type { SimulatorClient } from './simulator-client.ts';
import { useWords } from './words.ts';

interface FaultsPanelProps {
  readonly simulator: SimulatorClient;
  readonly view: SimulatorView;
}

/** Which calls go wrong on the line, whoever the customer is. */
export function FaultsPanel({ simulator, view }: FaultsPanelProps) {
  const words = useWords();
  const { switched } = view.faults;
  return (
    <section className={styles.panel}>
      <h2>{words.faults}</h2>
      {switched.length === 0 && view.faults.plan === null && <p className={styles.quiet}>{words.noFaults}</p>}
      <ul>
        {switched.map((fault) => (
          <SwitchedFault key={fault.id} simulator={simulator} fault={fault} />
        ))}
      </ul>
      <NewFault simulator={simulator} view={view} />
      <h3>{words.plan}</h3>
      <RandomFaults simulator={simulator} plan={view.faults.plan} />
    </section>
  );
}

function SwitchedFault({
  simulator,
  fault: { id, endpoint, title, when, struck },
}: {
  readonly simulator: SimulatorClient;
  readonly fault: SwitchedFaultView;
}) {
  const words = useWords();
  const language = useLanguage();
  const how = when.kind === 'next' ? words.whenNext(when.calls - struck) : words.whenEvery(when.calls);
  return (
    <li className={rows.fault} data-fault={id}>
      <span>
        <strong>{endpoint}</strong> {inLanguage(title, language)}
        <small>
          {how} · {words.struck(struck)}
        </small>
      </span>
      <button type="button" onClick={() => simulator.call('switch-fault-off', { id })}>
        {words.switchOff}
      </button>
    </li>
  );
}

function NewFault({ simulator, view }: FaultsPanelProps) {
  const words = useWords();
  const language = useLanguage();
  const [endpoint, setEndpoint] = useState('micropay');
  const [wished, setWished] = useState('reply-lost');
  const [kind, setKind] = useState<'next' | 'every'>('next');
  const [calls, setCalls] = useState(1);
  const faults = view.choices.faults.filter(({ only }) => only === null || only === endpoint);
  const fault = faults.some(({ id }) => id === wished) ? wished : 'reply-lost';
  return (
    <>
      <label>
        {words.faultEndpoint}
        <select value={endpoint} onChange={({ target }) => setEndpoint(target.value)}>
          {view.choices.endpoints.map((name) => (
            <option key={name}>{name}</option>
          ))}
        </select>
      </label>
      <label>
        {words.faultKind}
        <select value={fault} onChange={({ target }) => setWished(target.value)}>
          {faults.map(({ id, title }) => (
            <option key={id} value={id}>
              {inLanguage(title, language)}
            </option>
          ))}
        </select>
      </label>
      <label>
        {words.faultWhen}
        <select value={kind} onChange={({ target }) => setKind(target.value === 'every' ? 'every' : 'next')}>
          <option value="next">{words.next}</option>
          <option value="every">{words.every}</option>
        </select>
      </label>
      <div className={styles.line}>
        <span className={styles.quiet}>{words.calls}</span>
        <input
          className={styles.amount}
          type="number"
          aria-label={words.calls}
          min={1}
          max={1000}
          value={calls}
          onChange={({ target }) => setCalls(Math.min(1000, Math.max(1, Math.floor(target.valueAsNumber) || 1)))}
        />
        <button
          type="button"
          onClick={() => simulator.call('switch-fault-on', { endpoint, fault, when: { kind, calls } })}
        >
          {words.switchOn}
        </button>
      </div>
    </>
  );
}
