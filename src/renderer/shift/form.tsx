import { Button } from '@mantine/core';
import { type FormEvent, type ReactNode, useEffect, useRef } from 'react';
import styles from './shift.module.css';

interface FormProps {
  readonly label: string;
  readonly refusal: string;
  readonly submit: string;
  readonly isComplete: boolean;
  readonly back?: { readonly label: string; readonly onBack: () => void };
  /** False where the form came by itself: a typed amount belongs to the sale then. */
  readonly takesFocus?: boolean;
  readonly onSubmit: () => void;
  readonly children: ReactNode;
}

/** A short form of the shift: fields, why it was refused, back and on. Escape goes back. */
export function Form({ label, refusal, submit, isComplete, back, takesFocus = true, onSubmit, children }: FormProps) {
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (takesFocus) form.current?.querySelector<HTMLInputElement>('input:not([type="radio"])')?.focus();
  }, [takesFocus]);
  const send = (event: FormEvent): void => {
    event.preventDefault();
    if (isComplete) onSubmit();
  };
  return (
    <form
      ref={form}
      className={styles.form}
      aria-label={label}
      onSubmit={send}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || back === undefined) return;
        event.stopPropagation();
        back.onBack();
      }}
    >
      {children}
      <p className={styles.refusal} role="alert">
        {refusal}
      </p>
      <div className={styles.actions}>
        {back && (
          <Button className={styles.quietButton ?? ''} onClick={back.onBack}>
            {back.label}
          </Button>
        )}
        <Button className={styles.mainButton ?? ''} type="submit" disabled={!isComplete}>
          {submit}
        </Button>
      </div>
    </form>
  );
}

interface TextFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly maxLength: number;
  readonly placeholder?: string;
  /** Digits and a point: a touch keyboard then shows those. */
  readonly isAmount?: boolean;
}

export function TextField({ label, value, onChange, maxLength, placeholder, isAmount = false }: TextFieldProps) {
  return (
    <label className={styles.field} data-amount={isAmount}>
      <span>{label}</span>
      <input
        value={value}
        maxLength={maxLength}
        autoComplete="off"
        inputMode={isAmount ? 'decimal' : 'text'}
        placeholder={placeholder}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    </label>
  );
}
