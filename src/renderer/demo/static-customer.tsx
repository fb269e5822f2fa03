import { UnstyledButton } from '@mantine/core';
import { useState } from 'react';
import { useMessages } from '../i18n/messages.ts';
import { useTill } from '../till-context.ts';
import styles from './demo-drawer.module.css';

/** A customer who pays the present amount on the store's printed code: only the phone says so, by a number. */
export function StaticCustomer() {
  const words = useMessages().offline.demo;
  const { client, feed, desk } = useTill();
  const [said, setSaid] = useState('');
  const pay = async (): Promise<void> => {
    const till = feed.till.get()?.view;
    const amountFen = till?.amountFen ?? 0;
    if (amountFen === 0) {
      setSaid(words.unasked);
      return;
    }
    try {
      const { transactionId } = await client.simulator.payStatic({ amountFen });
      setSaid(words.paid(transactionId));
    } catch {
      desk.tell({ code: 'NOT_DELIVERED' });
    }
  };
  return (
    <UnstyledButton className={styles.customer ?? ''} data-scenario="static-code" onClick={() => void pay()}>
      <span className={styles.name}>{words.payStatic}</span>
      <span className={styles.expect} role="status">
        {said === '' ? words.payStaticExpect : said}
      </span>
    </UnstyledButton>
  );
}
