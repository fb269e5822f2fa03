import { UnstyledButton } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { Paper, Scenario } from '../../contract/types.ts';
import { inLanguage, useLanguage, useMessages } from '../i18n/messages.ts';
import { follow } from '../live/follow.ts';
import { useTill } from '../till-context.ts';
import { SidePanel } from '../ui/side-panel.tsx';
import { svgImage } from '../ui/svg-image.ts';
import styles from './demo-drawer.module.css';
import { StaticCustomer } from './static-customer.tsx';

/** The virtual scanner and the virtual printer: play the customer, and see the paper come out. */
export default function DemoDrawer({ onClose }: { readonly onClose: () => void }) {
  const words = useMessages().demo;
  return (
    <SidePanel title={words.title} closeLabel={words.close} onClose={onClose}>
      <div className={styles.room}>
        <Customers />
        <PaperRoll />
      </div>
    </SidePanel>
  );
}

function Customers() {
  const words = useMessages();
  const language = useLanguage();
  const { client, desk } = useTill();
  const scenarios = useScenarios();
  const present = async (scenario: string): Promise<void> => {
    try {
      const { notice } = await client.simulator.present({ scenario });
      if (notice !== undefined) desk.tell(notice);
    } catch {
      desk.tell({ code: 'NOT_DELIVERED' });
    }
  };
  return (
    <div className={styles.customers}>
      <p className={styles.lead}>{words.demo.lead}</p>
      <ul>
        <li>
          <StaticCustomer />
        </li>
        {scenarios.map(({ id, title, expect }) => (
          <li key={id}>
            <UnstyledButton className={styles.customer ?? ''} data-scenario={id} onClick={() => void present(id)}>
              <span className={styles.name}>{inLanguage(title, language)}</span>
              <span className={styles.expect}>{inLanguage(expect, language)}</span>
            </UnstyledButton>
          </li>
        ))}
      </ul>
    </div>
  );
}

function PaperRoll() {
  const words = useMessages().demo;
  const sheets = useSheets();
  return (
    <div className={styles.printer}>
      <h3 className={styles.slot}>{words.paper}</h3>
      <div className={styles.roll}>
        {sheets.length === 0 && <p className={styles.noPaper}>{words.noPaper}</p>}
        {sheets.map(({ id, saleNumber, svg }) => (
          <img key={id} className={styles.sheet} src={svgImage(svg)} alt={words.paperAlt(saleNumber)} />
        ))}
      </div>
    </div>
  );
}

function useScenarios(): readonly Scenario[] {
  const { client } = useTill();
  const [scenarios, setScenarios] = useState<readonly Scenario[]>([]);
  useEffect(() => {
    const ended = new AbortController();
    client.simulator.scenarios({}, { signal: ended.signal }).then(setScenarios, () => setScenarios([]));
    return () => ended.abort();
  }, [client]);
  return scenarios;
}

function useSheets(): Paper['sheets'] {
  const { client, feed } = useTill();
  const [sheets, setSheets] = useState<Paper['sheets']>([]);
  useEffect(() => {
    const ended = new AbortController();
    const open = (signal: AbortSignal) => client.paper.watch({}, { signal });
    void follow(feed.connection, open, (paper) => setSheets(paper.sheets), ended.signal);
    return () => ended.abort();
  }, [client, feed]);
  return sheets;
}
