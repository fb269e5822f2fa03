import styles from './field.module.css';

interface FieldProps {
  readonly label: string;
  readonly value: string;
  readonly maxLength: number;
  readonly placeholder?: string;
  /** What a touch keyboard shows. An amount of money has a point. */
  readonly inputMode?: 'text' | 'numeric' | 'decimal';
  /** The label stands before the field instead of above it. */
  readonly isBeside?: boolean;
  readonly onChange: (value: string) => void;
}

/** One line to type, with its label. What is typed is nobody else's business: no browser remembers it. */
export function Field(props: FieldProps) {
  const { label, value, maxLength, placeholder, inputMode = 'text', isBeside = false, onChange } = props;
  return (
    <label className={styles.field} data-beside={isBeside} data-amount={isBeside && inputMode === 'decimal'}>
      <span>{label}</span>
      <input
        value={value}
        maxLength={maxLength}
        autoComplete="off"
        placeholder={placeholder}
        inputMode={inputMode}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    </label>
  );
}
