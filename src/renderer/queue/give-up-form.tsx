import { useMessages } from '../i18n/messages.ts';
import { useTill } from '../till-context.ts';
import { ApprovalForm } from '../ui/approval-form.tsx';

interface GiveUpFormProps {
  readonly taskId: string;
  /** A refund that is given up goes back another way; a payment is looked for no further. */
  readonly isRefund: boolean;
  readonly onClose: () => void;
}

/** A manager ends what no machine can. */
export function GiveUpForm({ taskId, isRefund, onClose }: GiveUpFormProps) {
  const { queue, refund } = useMessages();
  const { client } = useTill();
  const words = isRefund ? refund.giveUp : { ...queue, means: queue.giveUpMeans, confirm: queue.giveUp };
  return (
    <ApprovalForm
      meaning={words.means}
      confirm={words.confirm}
      back={queue.notYet}
      whyExample={words.whyExample}
      onConfirm={(approval) =>
        client.queue.giveUp({ taskId, ...approval }).then(
          () => undefined,
          () => queue.giveUpFailed,
        )
      }
      onClose={onClose}
    />
  );
}
