import { RingProgress } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useMessages } from '../i18n/messages.ts';
import styles from './countdown.module.css';

interface CountdownProps {
  /** Which wait this is: another one starts with a full ring. */
  readonly waitId: string;
  /** When it ends, on this window's monotonic clock (ms). */
  readonly until: number;
  /** A ring where the customer is being waited for, quiet digits elsewhere. */
  readonly look: 'ring' | 'quiet';
}

const TICK_MS = 200;
/** Mantine takes sixteenths of a rem, so the ring grows with the screen's one scale: 5.5 rem, and its line 0.56. */
const RING_SIZE = 88;
const RING_THICKNESS = 9;

/** Seconds left, at most. It counts in this window, so that no message a second has to cross the wire. */
export function Countdown({ waitId, until, look }: CountdownProps) {
  const words = useMessages().time;
  const msLeft = useMsLeft(until);
  const longest = useLongest(waitId, msLeft);
  const seconds = Math.ceil(msLeft / 1000);
  return (
    <span className={styles.countdown} role="timer" aria-label={words.leftLabel(seconds)}>
      {look === 'ring' ? (
        <RingProgress
          className={styles.ring ?? ''}
          size={RING_SIZE}
          thickness={RING_THICKNESS}
          rootColor="color-mix(in srgb, currentColor 22%, transparent)"
          sections={[{ value: longest === 0 ? 0 : (100 * msLeft) / longest, color: 'currentColor' }]}
          label={<span className={styles.ringSeconds}>{seconds}</span>}
        />
      ) : (
        <span className={styles.quiet}>{words.left(seconds)}</span>
      )}
    </span>
  );
}

function useMsLeft(until: number): number {
  const [now, setNow] = useState(() => performance.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(performance.now()), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  return Math.max(0, until - now);
}

/** The longest that this wait has been seen to last: what the whole ring stands for. */
function useLongest(waitId: string, msLeft: number): number {
  const [seen, setSeen] = useState({ waitId, msLeft });
  const longest = seen.waitId === waitId ? Math.max(seen.msLeft, msLeft) : msLeft;
  if (seen.waitId !== waitId || seen.msLeft !== longest) setSeen({ waitId, msLeft: longest });
  return longest;
}
