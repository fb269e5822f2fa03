import { isDefinedError } from '@orpc/client';
import { useState } from 'react';
import type { LookUpView } from '../../contract/types.ts';
import { useTill } from '../till-context.ts';

interface Asked {
  readonly asking: boolean;
  readonly view?: LookUpView;
  /** NO_SUCH_ORDER: the number is of none. LOST: the terminal did not answer. */
  readonly failed?: 'NO_SUCH_ORDER' | 'LOST';
}

/** Any order by any of its numbers: what the books say, beside a fresh answer of the gateway. */
export function useLookUp(): Asked & { readonly ask: (number: string) => Promise<void> } {
  const { client } = useTill();
  const [asked, setAsked] = useState<Asked>({ asking: false });
  return {
    ...asked,
    async ask(number) {
      setAsked({ asking: true });
      try {
        setAsked({ asking: false, view: await client.lookUp.order({ number }) });
      } catch (error) {
        setAsked({ asking: false, failed: isDefinedError(error) ? 'NO_SUCH_ORDER' : 'LOST' });
      }
    },
  };
}
