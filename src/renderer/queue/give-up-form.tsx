import { useMessages } from '../i18n/messages.ts';
import { useTill } from '../till-context.ts';
import { ApprovalForm } from '../ui/approval-form.tsx';

interface GiveUpFormProps {
  readonly taskId: string;
  /** A refund that is given up goes back another way; a payment is looked for no further. */
  readonly isRefund?: boolean;
  /** What it means here, where that is something else than giving up. */
  readonly words?: { readonly means: string; readonly whyExample: string; readonly confirm: string };
  readonly onClose: () => void;
}

/** A manager ends what no machine can: by name, with a reason, and knowing what that means for the money. */
export function GiveUpForm({ taskId, isRefund = false, words: given, onClose }: GiveUpFormProps) {
  const { queue, refund } = useMessages();
  const { client } = useTill();
  const words = given ?? (isRefund ? refund.giveUp : { ...queue, means: queue.giveUpMeans, confirm: queue.giveUp });
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
