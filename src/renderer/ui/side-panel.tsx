import { CloseButton, Paper } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { type ReactNode, useEffect, useId, useRef } from 'react';
import { focusedControl } from '../scanner/focus.ts';
import styles from './side-panel.module.css';

interface SidePanelProps {
  readonly title: string;
  readonly closeLabel: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/**
 * A panel over keypad and rail that leaves the sale in view and in reach: nothing behind it is blocked, and a scan or
 * a typed amount goes to the sale as ever.
 */
export function SidePanel({ title, closeLabel, onClose, children }: SidePanelProps) {
  const titleId = useId();
  const closeButton = useRef<HTMLButtonElement>(null);
  useFocusOfKeyboard(closeButton);
  return (
    <Paper
      component="section"
      className={styles.panel ?? ''}
      role="dialog"
      aria-modal={false}
      aria-labelledby={titleId}
    >
      <header className={styles.head}>
        <h2 id={titleId} className={styles.title}>
          {title}
        </h2>
        <CloseButton
          ref={closeButton}
          className={styles.close ?? ''}
          aria-label={closeLabel}
          icon={<IconX />}
          onClick={onClose}
        />
      </header>
      <div className={styles.body}>{children}</div>
    </Paper>
  );
}

/** Who opened the panel by keyboard goes on in it, and comes back to where they were; a finger moves no focus. */
function useFocusOfKeyboard(target: { readonly current: HTMLElement | null }): void {
  useEffect(() => {
    const opener = focusedControl(document);
    if (opener === undefined) return;
    const inside = target.current;
    inside?.focus();
    return () => {
      if (inside === null || document.activeElement === inside || document.activeElement === document.body)
        opener.focus();
    };
  }, [target]);
}
