import { isDefinedError, safe } from '@orpc/client';
import { useState } from 'react';
import type { RefundableView } from '../../contract/types.ts';
import { formatYuan, parseYuan, showYuan } from '../../core/money.ts';
import { useMessages } from '../i18n/messages.ts';
import { useLive } from '../live/use-live.ts';
import { useTill } from '../till-context.ts';
import { type Approval, ApprovalForm } from '../ui/approval-form.tsx';
import { Field } from '../ui/field.tsx';
import { newRefundId } from './new-refund-id.ts';

interface RefundFormProps {
  readonly saleId: string;
  readonly refundable: RefundableView;
  readonly onClose: () => void;
}

const AMOUNT_LENGTH_MAX = 10;

/** How much of a sale goes back, why, and who approves. Prefilled with all that is left. */
export function RefundForm({ saleId, refundable: { tender, leftFen }, onClose }: RefundFormProps) {
  const words = useMessages().refund;
  const { client, feed } = useTill();
  const isOffline = useLive(feed.status)?.line === 'offline';
  const [refundId] = useState(newRefundId);
  const [text, setText] = useState(formatYuan(leftFen));
  const amountFen = parseYuan(text);
  const isPossible = amountFen !== undefined && amountFen > 0 && amountFen <= leftFen;

  const request = async (approval: Approval): Promise<string | undefined> => {
    if (!isPossible) return words.tooMuch(showYuan(leftFen));
    const { error } = await safe(client.refunds.request({ saleId, refundId, amountFen, ...approval }));
    if (error === null) return undefined;
    if (isDefinedError(error) && error.code === 'NOT_REFUNDABLE') return words.refusal[error.data.refusal];
    return isDefinedError(error) && error.code === 'LEDGER_UNWRITABLE' ? words.unwritable : words.notDelivered;
  };

  const confirm = tender === 'cash' ? words.confirmCash : words.confirm;
  return (
    <ApprovalForm
      meaning={tender === 'cash' ? words.meansCash : isOffline ? words.meansOffline : words.means}
      confirm={confirm(isPossible ? showYuan(amountFen) : '')}
      back={words.back}
      whyExample={words.whyExample}
      isReady={isPossible}
      onConfirm={request}
      onClose={onClose}
    >
      <Field
        label={words.amount(showYuan(leftFen))}
        value={text}
        maxLength={AMOUNT_LENGTH_MAX}
        inputMode="decimal"
        onChange={setText}
      />
    </ApprovalForm>
  );
}
