import { hostile } from '../hostile.ts';
import { mutated } from '../mutate.ts';
import { readFlat, signedPart } from '../reference-reader.ts';
import type { Input, Subject } from '../subject.ts';
import { type Exchange, openService, recordExchanges, serve } from './exchanges.ts';

interface Request extends Input {
  readonly exchange: Exchange;
}

/** Requests to the simulator: whatever comes is answered, and only what the merchant signed moves any money. */
export async function requests(): Promise<Subject<Request>> {
  const { exchanges } = await recordExchanges(4);
  const genuine = exchanges.map(({ request }) => request);
  const signed = new Set(genuine.map((request) => signedPart(request)));
  const { ledger, service } = openService(5);
  return {
    make(chance) {
      const exchange = chance.pick(exchanges);
      const { about, bytes } = chance.happens(0.1) ? hostile(chance) : mutated(exchange.request, chance, genuine);
      return { exchange, about: `${exchange.path}: ${about}`, bytes };
    },
    async judge({ exchange, bytes }) {
      const before = JSON.stringify(ledger.books());
      const reply = serve(service, { ...exchange, body: bytes });
      const said = readFlat(reply);
      if (said?.get('return_code') === undefined && !reply.includes('<hblist>')) return `answered ${reply}`;
      // It may be the request of another exchange, or even of this one: those are signed.
      if (signed.has(signedPart(bytes) ?? '')) return undefined;
      if (said?.get('return_code') !== 'FAIL') return `took a request that was not signed like this: ${reply}`;
      return JSON.stringify(ledger.books()) === before ? undefined : 'moved money';
    },
  };
}
