import { useState } from 'react';
import { type Fen, showYuan } from '../../core/money.ts';
import { useMessages } from '../i18n/messages.ts';
import { useTill } from '../till-context.ts';
import { ApprovalForm } from '../ui/approval-form.tsx';
import { newRefundId } from './new-refund-id.ts';

interface TakeBackFormProps {
  readonly taskId: string;
  readonly amountFen: Fen;
  readonly onClose: () => void;
}

/** All of a payment goes back that the gateway took and will not reverse. */
export function TakeBackForm({ taskId, amountFen, onClose }: TakeBackFormProps) {
  const words = useMessages().refund;
  const { client } = useTill();
  const [refundId] = useState(newRefundId);
  return (
    <ApprovalForm
      meaning={words.takeBack.means}
      confirm={words.confirm(showYuan(amountFen))}
      back={words.back}
      whyExample={words.takeBack.whyExample}
      onConfirm={(approval) =>
        client.refunds.takeBack({ taskId, refundId, ...approval }).then(
          () => undefined,
          () => words.notDelivered,
        )
      }
      onClose={onClose}
    />
  );
}
