import { parseXml, XmlError } from '../../../src/main/gateway/wechat-v2/wire/xml.ts';
import { hostile } from '../hostile.ts';
import { mutated } from '../mutate.ts';
import { readFlat } from '../reference-reader.ts';
import type { Subject } from '../subject.ts';
import { recordExchanges } from './exchanges.ts';

/** The reader of messages by itself: it reads exactly what another reading of the same grammar does, or refuses. */
export async function messages(): Promise<Subject> {
  const { exchanges } = await recordExchanges(3);
  const genuine = exchanges.flatMap(({ request, reply }) => [request, reply]);
  return {
    make: (chance) => (chance.happens(0.2) ? hostile(chance) : mutated(chance.pick(genuine), chance, genuine)),
    async judge({ bytes }) {
      const fields = read(bytes);
      if (typeof fields === 'string') return undefined;
      const otherwise = readFlat(bytes);
      if (otherwise === undefined) return 'read what is no flat message';
      const same = JSON.stringify([...fields]) === JSON.stringify([...otherwise]);
      return same ? undefined : `read ${JSON.stringify([...fields])} instead of ${JSON.stringify([...otherwise])}`;
    },
  };
}

function read(bytes: Buffer): ReadonlyMap<string, string> | string {
  try {
    return new Map(Object.entries(parseXml(bytes)));
  } catch (error) {
    if (error instanceof XmlError) return error.message;
    throw error;
  }
}
