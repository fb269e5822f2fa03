import { useState } from 'react';
import { useMessages } from '../i18n/messages.ts';

export interface Act {
  /** Why the last one was refused, in words; empty when it was not. */
  readonly refusal: string;
  readonly isBusy: boolean;
  /** Runs it once at a time. @returns whether it was done. */
  run(what: () => Promise<unknown>): Promise<boolean>;
}

/** One act at the terminal, and why it was refused if it was. */
export function useAct(): Act {
  const words = useMessages().shift.refused;
  const [refusal, setRefusal] = useState('');
  const [isBusy, setBusy] = useState(false);
  return {
    refusal,
    isBusy,
    async run(what) {
      if (isBusy) return false;
      setBusy(true);
      setRefusal('');
      try {
        await what();
        return true;
      } catch (error) {
        setRefusal(words[codeOf(error, words)]);
        return false;
      } finally {
        setBusy(false);
      }
    },
  };
}

function codeOf<C extends string>(error: unknown, words: Readonly<Record<C | 'OTHER', string>>): C | 'OTHER' {
  const code: unknown = typeof error === 'object' && error !== null ? Reflect.get(error, 'code') : undefined;
  return typeof code === 'string' && Object.hasOwn(words, code) ? (code as C) : 'OTHER';
}
