import { Button } from '@mantine/core';
import { useState } from 'react';
import type { ClosedShift, OpenShift, ShiftView } from '../../contract/types.ts';
import { beijingTime } from '../../core/time.ts';
import { useMessages } from '../i18n/messages.ts';
import { useLive } from '../live/use-live.ts';
import { useTill } from '../till-context.ts';
import { SidePanel } from '../ui/side-panel.tsx';
import { ClosingForm } from './closing-form.tsx';
import { CountForm } from './count-form.tsx';
import { Drawer } from './drawer.tsx';
import { MoveForm } from './move-form.tsx';
import { OpenForm } from './open-form.tsx';
import { PrintReport } from './print-report.tsx';
import { Moves, TenderSums, UncertainSums } from './report.tsx';
import styles from './shift.module.css';

/** The shift: open one, see how it stands, move cash, count and close. */
export default function ShiftPanel({ onClose }: { readonly onClose: () => void }) {
  const words = useMessages().shift;
  const view = useLive(useTill().feed.shift);
  return (
    <SidePanel title={words.title} closeLabel={words.close} onClose={onClose}>
      <div className={styles.room}>{view ? <Room view={view} /> : <p className={styles.quiet}>{words.loading}</p>}</div>
    </SidePanel>
  );
}

function Room({ view: { open, lastClosed } }: { readonly view: ShiftView }) {
  const words = useMessages().shift;
  // After a closing the panel is still there, but the next keys are as likely a sale's.
  const [wasOpen] = useState(open !== undefined);
  if (open) return <OpenRoom key={open.shiftId} shift={open} />;
  return (
    <>
      {lastClosed ? <ClosedRoom shift={lastClosed} /> : <p className={styles.quiet}>{words.noneYet}</p>}
      <OpenForm title={words.nextShift} takesFocus={!wasOpen} />
    </>
  );
}

function OpenRoom({ shift }: { readonly shift: OpenShift }) {
  const words = useMessages().shift;
  const [step, setStep] = useState<'report' | 'moving' | 'counting' | 'counted'>(shift.count ? 'counted' : 'report');
  const back = () => setStep('report');
  if (step === 'moving') return <MoveForm shift={shift} onDone={back} />;
  // Cash that came in after the count has made it worthless: then there is nothing to confirm, and it is counted again.
  if (step === 'counted' && shift.count) {
    return <ClosingForm shift={shift} drawer={shift.count} onAgain={() => setStep('counting')} />;
  }
  if (step === 'counting' || step === 'counted') {
    return <CountForm shift={shift} onBack={back} onCounted={() => setStep('counted')} />;
  }
  return (
    <>
      {shift.fromEarlierDay && <p className={styles.late}>{words.earlierDay}</p>}
      <p className={styles.lead}>{words.since(shift.openedBy, beijingTime(shift.openedAt).slice(5, 16))}</p>
      <p className={styles.quiet}>
        {shift.number} · {words.report}
      </p>
      <TenderSums totals={shift} />
      <UncertainSums {...shift} />
      <Moves floatFen={shift.floatFen} moves={shift.moves} />
      <div className={styles.actions}>
        <PrintReport shiftId={shift.shiftId} label={words.print} />
        <Button className={styles.quietButton ?? ''} onClick={() => setStep('moving')}>
          {words.move}
        </Button>
        <Button className={styles.mainButton ?? ''} onClick={() => setStep('counting')}>
          {words.endShift}
        </Button>
      </div>
    </>
  );
}

function ClosedRoom({ shift }: { readonly shift: ClosedShift }) {
  const words = useMessages().shift;
  return (
    <section className={styles.closed} aria-label={words.closedTitle(shift.number)}>
      <p className={styles.lead}>{words.closedTitle(shift.number)}</p>
      <p className={styles.quiet}>{words.closedBy(shift.closedBy, beijingTime(shift.closedAt).slice(5, 16))}</p>
      <Drawer drawer={shift.drawer} />
      <TenderSums totals={shift} />
      <UncertainSums {...shift} />
      <div className={styles.actions}>
        <PrintReport shiftId={shift.shiftId} label={words.reprint} />
      </div>
    </section>
  );
}
