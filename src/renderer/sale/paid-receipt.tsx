import { UnstyledButton } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useMessages } from '../i18n/messages.ts';
import { useTill } from '../till-context.ts';
import { svgImage } from '../ui/svg-image.ts';
import styles from './paid-receipt.module.css';

interface PaidReceiptProps {
  readonly saleId: string;
  readonly onOpen: (saleId: string) => void;
}

/** The receipt of the sale that has just been paid, small; a press shows it large, with its story. */
export function PaidReceipt({ saleId, onOpen }: PaidReceiptProps) {
  const words = useMessages().story;
  const svg = useReceipt(saleId);
  if (svg === undefined) return null;
  return (
    <UnstyledButton className={styles.receipt ?? ''} aria-label={words.openReceipt} onClick={() => onOpen(saleId)}>
      <img src={svgImage(svg)} alt={words.receiptAlt} />
    </UnstyledButton>
  );
}

/** Undefined until it is there, and if it never comes: the money is received with or without a picture of it. */
function useReceipt(saleId: string): string | undefined {
  const { client } = useTill();
  const [svg, setSvg] = useState<string>();
  useEffect(() => {
    const ended = new AbortController();
    client.sales.receipt({ saleId }, { signal: ended.signal }).then(
      (receipt) => setSvg(receipt.svg),
      () => setSvg(undefined),
    );
    return () => ended.abort();
  }, [client, saleId]);
  return svg;
}
