import { useState } from 'react';
import { MANAGER_MAX, WHY_MAX } from '../../contract/queue-limits.ts';
import type { StaticOffer } from '../../contract/types.ts';
import { type Fen, fen } from '../../core/money.ts';
import { TRANSACTION_ID } from '../../core/static-payment.ts';
import { type Messages, useMessages } from '../i18n/messages.ts';
import { useLive } from '../live/use-live.ts';
import { noticeText } from '../sale/notice-text.ts';
import { useTill } from '../till-context.ts';
import { Field } from '../ui/field.tsx';
import { Form } from '../ui/form.tsx';
import { SidePanel } from '../ui/side-panel.tsx';
import styles from './static-panel.module.css';
import { digitsOf, useScannedTransaction } from './use-scanned-transaction.ts';
import wordStyles from './words.module.css';

/** A manager says that the customer paid on the store's own code: by name, by what was seen, within the limits. */
export default function StaticPanel({ onClose }: { readonly onClose: () => void }) {
  const words = useMessages();
  const till = useLive(useTill().feed.till)?.view;
  const { static: said } = words.offline;
  return (
    <SidePanel title={said.title} closeLabel={said.close} onClose={onClose}>
      <div className={styles.room}>
        {till?.step !== 'scan' && <p className={styles.meaning}>{said.unasked}</p>}
        {till?.step === 'scan' && till.staticOffer === undefined && (
          <p className={styles.meaning}>{words.notice.STATIC_OFF}</p>
        )}
        {till?.step === 'scan' && till.staticOffer && (
          <Approval amountFen={fen(till.amountFen)} offer={till.staticOffer} onClose={onClose} />
        )}
      </div>
    </SidePanel>
  );
}

interface ApprovalProps {
  readonly amountFen: Fen;
  readonly offer: StaticOffer;
  readonly onClose: () => void;
}

function Approval({ amountFen, offer, onClose }: ApprovalProps) {
  const words = useMessages();
  const { static: said } = words.offline;
  const { client } = useTill();
  const [manager, setManager] = useState('');
  const [seen, setSeen] = useState('');
  const [transactionId, setTransactionId] = useState('');
  const [refused, setRefused] = useState('');
  useScannedTransaction(setTransactionId);
  const id = digitsOf(transactionId);
  const isIdRight = id === '' || TRANSACTION_ID.test(id);
  const limit = limitText(amountFen, offer, said);
  const isComplete = manager.trim() !== '' && seen.trim() !== '' && isIdRight && limit === undefined;

  const accept = async (): Promise<void> => {
    setRefused('');
    try {
      const order = { amountFen, manager, seen, ...(id === '' ? {} : { transactionId: id }) };
      const { accepted, notice } = await client.offline.acceptStatic(order);
      if (accepted) onClose();
      else setRefused(notice ? noticeText(notice, words) : said.failed);
    } catch {
      setRefused(said.failed);
    }
  };

  return (
    <>
      <p className={styles.lead}>{said.lead(amountFen)}</p>
      <p className={styles.meaning}>{said.meaning}</p>
      <p className={styles.limit}>{said.room(offer.perPaymentFen, offer.roomFen)}</p>
      <Form
        confirm={said.accept}
        back={said.back}
        isReady={isComplete}
        failed={limit ?? refused}
        onConfirm={accept}
        onBack={onClose}
      >
        <Field label={said.manager} value={manager} maxLength={MANAGER_MAX} onChange={setManager} />
        <Field label={said.seen} value={seen} maxLength={WHY_MAX} placeholder={said.seenExample} onChange={setSeen} />
        <Field
          label={said.transactionId}
          value={transactionId}
          maxLength={48}
          inputMode="numeric"
          onChange={setTransactionId}
        />
        <p className={wordStyles.help}>{isIdRight ? '' : said.notTransactionId}</p>
      </Form>
    </>
  );
}

/** Beyond the limit nothing is asked of the terminal, which would refuse it. */
function limitText(
  amountFen: Fen,
  { perPaymentFen, roomFen }: StaticOffer,
  said: Messages['offline']['static'],
): string | undefined {
  if (amountFen > perPaymentFen) return said.overOne(perPaymentFen);
  return amountFen > roomFen ? said.overAll(roomFen) : undefined;
}
