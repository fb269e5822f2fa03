import { useState } from 'react';
import type { CustomerView, Purse, SimulatorView } from '../../contract/simulator-view.ts';
import { type Fen, fen, parseYuan, showYuan } from '../../core/money.ts';
import styles from './page.module.css';
import rows from './rows.module.css';
import type { SimulatorClient } from './simulator-client.ts';
import { useWords } from './words.ts';

interface WalletsPanelProps {
  readonly simulator: SimulatorClient;
  readonly view: SimulatorView;
}

/** What each customer has left, what they have paid, and what came back to them. */
export function WalletsPanel({ simulator, view }: WalletsPanelProps) {
  const words = useWords();
  return (
    <section className={styles.panel}>
      <h2>{words.wallets}</h2>
      <ul>
        {view.customers.map((customer) => (
          <WalletRow key={customer.openid} name={customer.name} purse={customer} balanceFen={customer.balanceFen} />
        ))}
        <WalletRow name={words.passerBy} purse={view.passersBy} balanceFen={undefined} />
      </ul>
      <TopUpForm simulator={simulator} customers={view.customers} />
      <NewCustomerForm simulator={simulator} />
    </section>
  );
}

interface WalletRowProps {
  readonly name: string;
  readonly purse: Purse;
  /** A passer-by has as much as it takes. */
  readonly balanceFen: Fen | undefined;
}

function WalletRow({ name, purse, balanceFen }: WalletRowProps) {
  const words = useWords();
  const cameBackFen = fen(purse.gotBackFen + purse.receivedFen);
  return (
    <li className={rows.wallet} data-wallet={name}>
      <span className={rows.number}>{name}</span>
      <strong className={rows.money}>{balanceFen === undefined ? '∞' : showYuan(balanceFen)}</strong>
      <small>
        {words.paid} {showYuan(purse.paidFen)} · {words.gotBack} {showYuan(cameBackFen)}
      </small>
    </li>
  );
}

function TopUpForm({
  simulator,
  customers,
}: {
  readonly simulator: SimulatorClient;
  readonly customers: readonly CustomerView[];
}) {
  const words = useWords();
  const [chosen, setChosen] = useState('');
  const [amount, setAmount] = useState('100');
  const amountFen = parseYuan(amount);
  const openid = chosen || customers[0]?.openid;
  return (
    <div className={styles.line}>
      <select aria-label={words.topUpWhom} value={openid} onChange={({ target }) => setChosen(target.value)}>
        {customers.map((customer) => (
          <option key={customer.openid} value={customer.openid}>
            {customer.name}
          </option>
        ))}
      </select>
      <AmountInput label={words.topUpAmount} value={amount} onValue={setAmount} />
      <button
        type="button"
        disabled={openid === undefined || amountFen === undefined}
        onClick={() =>
          openid !== undefined && amountFen !== undefined && simulator.call('top-up', { openid, amountFen })
        }
      >
        {words.topUp}
      </button>
    </div>
  );
}

function NewCustomerForm({ simulator }: { readonly simulator: SimulatorClient }) {
  const words = useWords();
  const [name, setName] = useState('');
  const [balance, setBalance] = useState('50');
  const balanceFen = parseYuan(balance);

  async function add() {
    if (balanceFen === undefined) return;
    const answer = await simulator.call('open-wallet', { name, balanceFen });
    if (answer !== undefined) setName('');
  }

  return (
    <div className={`${styles.line} ${styles.twoLines}`}>
      <input
        aria-label={words.newName}
        placeholder={words.newName}
        maxLength={32}
        value={name}
        onChange={({ target }) => setName(target.value)}
      />
      <AmountInput label={words.newBalance} value={balance} onValue={setBalance} />
      <button type="button" disabled={name.trim() === '' || balanceFen === undefined} onClick={add}>
        {words.addCustomer}
      </button>
    </div>
  );
}

interface AmountInputProps {
  readonly label: string;
  readonly value: string;
  readonly onValue: (value: string) => void;
}

function AmountInput({ label, value, onValue }: AmountInputProps) {
  const words = useWords();
  return (
    <input
      className={styles.amount}
      inputMode="decimal"
      aria-label={label}
      aria-invalid={parseYuan(value) === undefined}
      title={parseYuan(value) === undefined ? words.badAmount : label}
      value={value}
      onChange={({ target }) => onValue(target.value)}
    />
  );
}
