import { Button } from '@mantine/core';
import { type FormEvent, type ReactNode, useEffect, useId, useRef } from 'react';
import styles from './form.module.css';

interface FormProps {
  /** Drawn as a box of its own, within a list. */
  readonly boxed?: boolean;
  readonly confirm: string;
  readonly back?: string;
  readonly ready: boolean;
  readonly onConfirm: () => Promise<void>;
  readonly onBack: () => void;
  readonly children: ReactNode;
}

/** A few fields and one thing to confirm. Enter confirms, Escape goes back, and the first field has the keys. */
export function Form({ boxed = false, confirm, back, ready, onConfirm, onBack, children }: FormProps) {
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    form.current?.querySelector('input')?.focus();
    // On a small screen the buttons would lie below the edge.
    form.current?.scrollIntoView({ block: 'nearest' });
  }, []);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (ready) void onConfirm();
  };
  return (
    <form
      ref={form}
      className={boxed ? `${styles.form} ${styles.boxed}` : styles.form}
      onSubmit={submit}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        onBack();
      }}
    >
      {children}
      <div className={styles.actions}>
        {back !== undefined && (
          <Button className={styles.back ?? ''} onClick={onBack}>
            {back}
          </Button>
        )}
        <Button className={styles.confirm ?? ''} type="submit" disabled={!ready}>
          {confirm}
        </Button>
      </div>
    </form>
  );
}

interface FieldProps {
  readonly label: string;
  readonly value: string;
  readonly max: number;
  readonly example?: string;
  readonly digits?: boolean;
  readonly onChange: (value: string) => void;
}

export function Field({ label, value, max, example, digits = false, onChange }: FieldProps) {
  const id = useId();
  return (
    <label className={styles.field} htmlFor={id}>
      <span>{label}</span>
      <input
        id={id}
        value={value}
        maxLength={max}
        autoComplete="off"
        inputMode={digits ? 'numeric' : 'text'}
        placeholder={example}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    </label>
  );
}
