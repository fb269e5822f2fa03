import { UnstyledButton } from '@mantine/core';
import { IconBackspace } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useMessages } from '../i18n/messages.ts';
import { useTill } from '../till-context.ts';
import type { Action } from './actions.ts';
import type { DeskKey } from './desk-keys.ts';
import styles from './keypad.module.css';

/** In the numpad's order, so that hand and eye learn one picture. */
const DIGIT_KEYS = ['7', '8', '9', '4', '5', '6', '1', '2', '3', '00', '0', '.'] as const;

/** 3×4 and what belongs to it: big enough for gloves. `enter` is what the wide key does now. */
export function Keypad({ enter }: { readonly enter?: Action | undefined }) {
  const words = useMessages().action;
  return (
    <section className={`${styles.keypad} frame-keypad`}>
      <Key name="Escape" look="quiet" label="Esc">
        Esc
      </Key>
      <Key name="Backspace" look="quiet" label={words.erase}>
        <IconBackspace aria-hidden="true" />
      </Key>
      <Key name="+" look="quiet" label={words.add}>
        +
      </Key>
      {DIGIT_KEYS.map((digit) => (
        <Key key={digit} name={digit} look="digit" label={digit === '00' ? words.doubleZero : digit}>
          {digit}
        </Key>
      ))}
      <Key name="Enter" look="enter" label={words[enter?.label ?? 'charge']} disabled={enter === undefined}>
        {words[enter?.label ?? 'charge']}
        <span className={styles.enterSign}>⏎</span>
      </Key>
    </section>
  );
}

interface KeyProps {
  readonly name: DeskKey;
  readonly look: 'digit' | 'quiet' | 'enter';
  readonly label: string;
  readonly disabled?: boolean;
  readonly children: ReactNode;
}

function Key({ name, look, label, disabled = false, children }: KeyProps) {
  const { desk } = useTill();
  return (
    <UnstyledButton
      className={styles.key ?? ''}
      data-look={look}
      data-key={name}
      aria-label={label}
      aria-disabled={disabled}
      onClick={() => desk.press(name)}
    >
      {children}
    </UnstyledButton>
  );
}
