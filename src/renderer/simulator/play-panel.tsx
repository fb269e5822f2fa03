import { useState } from 'react';
import type { ShownCode, SimulatorView } from '../../contract/simulator-view.ts';
import { inLanguage, useLanguage } from '../i18n/messages.ts';
import { svgImage } from '../ui/svg-image.ts';
import styles from './page.module.css';
import type { SimulatorClient } from './simulator-client.ts';
import { useWords } from './words.ts';

/** Who the trainer is at the moment. */
export interface Role {
  /** Empty for a passer-by. */
  readonly openid: string;
  readonly scenario: string;
}

/** The scenario whose customer does nothing for so long that the trainer can decide. */
const BY_HAND = 'walks-away';

interface PlayPanelProps {
  readonly simulator: SimulatorClient;
  readonly view: SimulatorView;
  readonly role: Role;
  readonly onRole: (role: Role) => void;
}

/** The customer's phone: whose it is, what they mean to do, and a payment code for the till to scan. */
export function PlayPanel({ simulator, view, role, onRole }: PlayPanelProps) {
  const words = useWords();
  const language = useLanguage();
  const [shown, setShown] = useState<ShownCode>();
  const { scenario, openid } = role;

  async function showCode() {
    const answer = await simulator.call('show-code', { scenario, ...(openid === '' ? {} : { openid }) });
    setShown(answer as ShownCode | undefined);
  }

  return (
    <section className={styles.panel}>
      <h2>{words.play}</h2>
      <label>
        {words.customer}
        <select value={openid} onChange={({ target }) => onRole({ ...role, openid: target.value })}>
          <option value="">{words.passerByLong}</option>
          {view.customers.map((customer) => (
            <option key={customer.openid} value={customer.openid}>
              {customer.name}
            </option>
          ))}
        </select>
      </label>
      <label>
        {words.behaviour}
        <select value={scenario} onChange={({ target }) => onRole({ ...role, scenario: target.value })}>
          {view.choices.scenarios.map(({ id, title }) => (
            <option key={id} value={id}>
              {id === BY_HAND ? words.byHand : inLanguage(title, language)}
            </option>
          ))}
        </select>
      </label>
      <button type="button" className={styles.primary} onClick={showCode}>
        {words.showCode}
      </button>
      {shown && <Phone shown={shown} />}
    </section>
  );
}

function Phone({ shown: { code, barcodeSvg, qrSvg } }: { readonly shown: ShownCode }) {
  const words = useWords();
  return (
    <figure className={styles.phone}>
      <img src={svgImage(barcodeSvg)} alt={words.barcodeOf(code)} />
      <output className={styles.code}>{code.replace(/(\d{4})(?=\d)/g, '$1 ')}</output>
      <img src={svgImage(qrSvg)} alt={words.qrOf(code)} />
      <figcaption>{words.codeOnce}</figcaption>
    </figure>
  );
}
