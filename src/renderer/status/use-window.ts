import { useEffect, useState, useSyncExternalStore } from 'react';

/** Does this window get the keys? A scanner that types into another window is lost. */
export function useWindowFocus(): boolean {
  return useSyncExternalStore(subscribeToFocus, () => document.hasFocus());
}

/** Epoch milliseconds, anew at each full second. */
export function useWallClock(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  return now;
}

function subscribeToFocus(onChange: () => void): () => void {
  window.addEventListener('focus', onChange);
  window.addEventListener('blur', onChange);
  return () => {
    window.removeEventListener('focus', onChange);
    window.removeEventListener('blur', onChange);
  };
}
