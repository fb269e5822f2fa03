import { Button } from '@mantine/core';
import { IconHistory, IconSearch, IconZoomQuestion } from '@tabler/icons-react';
import { useState } from 'react';
import type { TaskView, VerifyView } from '../../contract/types.ts';
import { ageOf } from '../../core/age.ts';
import { showYuan } from '../../core/money.ts';
import { findingNext, findingText } from '../../core/static-advice.ts';
import { inLanguage, useLanguage, useMessages } from '../i18n/messages.ts';
import { LookUpForm } from '../offline/look-up-form.tsx';
import { useWallClock } from '../status/use-window.ts';
import { GiveUpForm } from './give-up-form.tsx';
import styles from './task-row.module.css';

interface VerifyRowProps {
  readonly task: TaskView;
  readonly verify: VerifyView;
  readonly onStory: (saleId: string) => void;
}

/** A payment on the static code: who approved it and on what, what is known, and the two ways to its end. */
export function VerifyRow({ task: { taskId }, verify, onStory }: VerifyRowProps) {
  const { queue, offline } = useMessages();
  const language = useLanguage();
  const now = useWallClock();
  const [open, setOpen] = useState<'lookUp' | 'disprove'>();
  const close = (): void => setOpen(undefined);
  const { saleId, saleNumber, amountFen, acceptedAt, manager, seen, transactionId, finding } = verify;
  return (
    <article className={styles.row} data-state="human" data-task={taskId}>
      <p className={styles.what}>
        <IconZoomQuestion aria-hidden="true" />
        <span className={styles.amount}>{showYuan(amountFen)}</span>
        <span className={styles.word}>{queue.kind.verify}</span>
      </p>
      <p className={styles.where}>
        {saleNumber} · {inLanguage(ageOf(now - acceptedAt), language)}
        {transactionId !== undefined && ` · ${offline.verify.claimed(transactionId)}`}
      </p>
      <p className={styles.why}>{offline.verify.approved(manager, seen)}</p>
      {open === undefined && (
        <p className={styles.why}>
          {finding
            ? `${inLanguage(findingText(finding), language)} ${inLanguage(findingNext(finding, true), language)}`
            : offline.verify.next}
        </p>
      )}
      {open === 'lookUp' && <LookUpForm keeps taskId={taskId} known={transactionId} onClose={close} />}
      {open === 'disprove' && <GiveUpForm taskId={taskId} words={disproofWords(offline)} onClose={close} />}
      {open === undefined && (
        <div className={styles.actions}>
          <Button className={styles.first ?? ''} leftSection={<IconSearch />} onClick={() => setOpen('lookUp')}>
            {offline.lookUp.open}
          </Button>
          <Button className={styles.action ?? ''} leftSection={<IconHistory />} onClick={() => onStory(saleId)}>
            {queue.story}
          </Button>
          <Button className={styles.action ?? ''} onClick={() => setOpen('disprove')}>
            {offline.verify.disprove}
          </Button>
        </div>
      )}
    </article>
  );
}

function disproofWords({ verify }: ReturnType<typeof useMessages>['offline']) {
  return { means: verify.disproveMeans, whyExample: verify.disproveWhyExample, confirm: verify.disproveConfirm };
}
