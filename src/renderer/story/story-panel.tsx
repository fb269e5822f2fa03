import { Button } from '@mantine/core';
import { IconPrinter } from '@tabler/icons-react';
import { type ReactNode, useEffect, useState } from 'react';
import type { SaleStory, SalesView } from '../../contract/types.ts';
import { advice } from '../../core/advice.ts';
import { showYuan } from '../../core/money.ts';
import { beijingTime } from '../../core/time.ts';
import { inLanguage, useLanguage, useMessages } from '../i18n/messages.ts';
import { useLive } from '../live/use-live.ts';
import { LookUpSection } from '../look-up/look-up-section.tsx';
import { saleWord } from '../rail/sale-word.ts';
import { RefundSection } from '../refund/refund-section.tsx';
import { useTill } from '../till-context.ts';
import { SidePanel } from '../ui/side-panel.tsx';
import { svgImage } from '../ui/svg-image.ts';
import styles from './story-panel.module.css';
import { storyText } from './story-text.ts';

interface StoryPanelProps {
  readonly saleId: string;
  readonly onClose: () => void;
}

/** One sale: how it ended, its receipt, and everything that happened, in plain words. */
export default function StoryPanel({ saleId, onClose }: StoryPanelProps) {
  const words = useMessages().story;
  const { story, svg, failed } = useStory(saleId);
  return (
    <SidePanel
      title={story ? words.title(story.sale.number) : words.loading}
      closeLabel={words.close}
      onClose={onClose}
    >
      <div className={styles.room}>
        {failed && <p className={styles.failed}>{words.failed}</p>}
        {story && <StoryText story={story} />}
        {story && <ReceiptColumn saleId={saleId} svg={svg} />}
      </div>
    </SidePanel>
  );
}

function StoryText({ story }: { readonly story: SaleStory }) {
  const { sale, payments, lines } = story;
  const words = useMessages();
  const language = useLanguage();
  const last = payments.at(-1);
  // A sale for cash has no order that anybody could be asked about.
  const lookedUpBy = sale.tender === 'cash' ? undefined : (sale.transactionId ?? last?.outTradeNo);
  const why = sale.reason && advice(sale.reason.code);
  return (
    <div className={styles.text}>
      <p className={styles.amount}>{showYuan(sale.amountFen)}</p>
      <p className={styles.end}>{saleWord(sale, words)}</p>
      {why && sale.phase !== 'paid' && <p>{inLanguage(why.happened, language)}</p>}
      {words.receiptState[sale.receipt] !== '' && <p className={styles.quiet}>{words.receiptState[sale.receipt]}</p>}
      <RefundSection story={story} />
      <dl className={styles.numbers}>
        {last && <NumberField label={words.story.orderNumber}>{last.outTradeNo}</NumberField>}
        {sale.transactionId && <NumberField label={words.story.transaction}>{sale.transactionId}</NumberField>}
        {sale.reason?.gatewayCode && (
          <NumberField label={words.story.forSupport}>{sale.reason.gatewayCode}</NumberField>
        )}
      </dl>
      {lookedUpBy !== undefined && <LookUpSection key={lookedUpBy} number={lookedUpBy} />}
      <h3 className={styles.heading}>{words.story.what}</h3>
      <ol className={styles.lines}>
        {lines.map((line) => (
          <li key={line.seq}>
            <time>{beijingTime(line.at).slice(11)}</time>
            <span>{storyText(line, language)}</span>
          </li>
        ))}
      </ol>
    </div>
  );
}

function NumberField({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function ReceiptColumn({ saleId, svg }: { readonly saleId: string; readonly svg: string | undefined }) {
  const words = useMessages().story;
  const { client } = useTill();
  const [said, setSaid] = useState('');
  const reprint = async (): Promise<void> => {
    try {
      const { copy } = await client.sales.reprint({ saleId });
      setSaid(words.reprinted(copy));
    } catch {
      setSaid(words.reprintFailed);
    }
  };
  return (
    <div className={styles.receipt}>
      {svg === undefined ? (
        <p className={styles.noReceipt}>{words.noReceipt}</p>
      ) : (
        <>
          <div className={styles.paper}>
            <img src={svgImage(svg)} alt={words.receiptAlt} />
          </div>
          <p className={styles.said} role="status">
            {said}
          </p>
          <Button className={styles.reprint ?? ''} leftSection={<IconPrinter />} onClick={() => void reprint()}>
            {words.reprint}
          </Button>
        </>
      )}
    </div>
  );
}

interface StoryState {
  readonly story?: SaleStory;
  readonly svg?: string;
  readonly failed: boolean;
}

/** The story as the books have it now: read again whenever the day's sales have changed. */
function useStory(saleId: string): StoryState {
  const { client, feed } = useTill();
  const sales: SalesView | undefined = useLive(feed.sales);
  const [state, setState] = useState<StoryState>({ failed: false });
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new view of the day's sales is the reason to read again.
  useEffect(() => {
    const ended = new AbortController();
    const { signal } = ended;
    void Promise.all([
      client.sales.story({ saleId }, { signal }),
      // A sale that is not paid has no receipt: that is no failure.
      client.sales.receipt({ saleId }, { signal }).catch(() => undefined),
    ]).then(
      ([story, receipt]) =>
        !signal.aborted && setState({ story, failed: false, ...(receipt === undefined ? {} : { svg: receipt.svg }) }),
      () => !signal.aborted && setState({ failed: true }),
    );
    return () => ended.abort();
  }, [client, saleId, sales]);
  return state;
}
