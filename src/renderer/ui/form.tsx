import { Button } from '@mantine/core';
import { type FormEvent, type ReactNode, useEffect, useRef } from 'react';
import styles from './form.module.css';

interface FormProps {
  /** Its name for those who do not see it. */
  readonly label?: string;
  /** Drawn as a box of its own, within a list; `warning`: what is confirmed there cannot be taken back. */
  readonly frame?: 'box' | 'warning';
  readonly confirm: string;
  /** Without it, only Escape goes back. */
  readonly back?: string;
  readonly isReady: boolean;
  /** Why it was refused, or did not work. */
  readonly failed?: string | undefined;
  /** False where the form came by itself: a typed amount belongs to the sale then. */
  readonly takesFocus?: boolean;
  readonly onConfirm: () => unknown;
  readonly onBack?: (() => void) | undefined;
  readonly children: ReactNode;
}

/** A few fields and one thing to confirm. Enter confirms, Escape goes back, and the first field has the keys. */
export function Form(props: FormProps) {
  const { label, frame, confirm, back, isReady, failed, takesFocus = true, onConfirm, onBack, children } = props;
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (!takesFocus) return;
    form.current?.querySelector<HTMLInputElement>('input:not([type="radio"])')?.focus();
    // On a small screen the buttons would lie below the edge.
    form.current?.scrollIntoView({ block: 'nearest' });
  }, [takesFocus]);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (isReady) void onConfirm();
  };
  return (
    <form
      ref={form}
      className={styles.form}
      data-frame={frame}
      aria-label={label}
      onSubmit={submit}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || onBack === undefined) return;
        event.stopPropagation();
        onBack();
      }}
    >
      {children}
      <p className={styles.failed} role="alert">
        {failed}
      </p>
      <div className={styles.actions}>
        {back !== undefined && (
          <Button className={styles.back ?? ''} onClick={onBack}>
            {back}
          </Button>
        )}
        <Button className={styles.confirm ?? ''} type="submit" disabled={!isReady}>
          {confirm}
        </Button>
      </div>
    </form>
  );
}
