import { type Fields, sign } from '../../../src/main/gateway/wechat-v2/wire/sign.ts';
import { buildXml } from '../../../src/main/gateway/wechat-v2/wire/xml.ts';
import type { Chance } from '../../simulation/chance.ts';
import { hostile } from '../hostile.ts';
import { mutated } from '../mutate.ts';
import { readFlat, signedPart } from '../reference-reader.ts';
import type { Input, Subject } from '../subject.ts';
import { type Answer, apiKey, type Exchange, openClient, recordExchanges } from './exchanges.ts';

interface Reply extends Input {
  readonly exchange: Exchange;
  /** Signed again after it was changed, as by a gateway gone mad; else by nobody who has the key. */
  readonly isSigned: boolean;
}

/**
 * Replies to every call of the client: whatever comes, the answer has a verdict, and only what the gateway signed is
 * believed. A signature does not say of which call it is, so a genuine reply to another call is one, too; it has to
 * name the order and the amount all the same.
 */
export async function replies(): Promise<Subject<Reply>> {
  const { exchanges } = await recordExchanges(1);
  const genuine = exchanges.map(({ reply }) => reply);
  const signed = new Set(genuine.map((reply) => signedPart(reply)));
  const client = openClient(2);

  return {
    make(chance) {
      const exchange = chance.pick(exchanges);
      if (chance.happens(0.1)) return { exchange, isSigned: false, ...named(exchange, hostile(chance)) };
      if (exchange.unproved && chance.happens(0.25)) {
        return { exchange, isSigned: true, ...named(exchange, signedAgain(exchange, genuine, chance)) };
      }
      return { exchange, isSigned: false, ...named(exchange, mutated(exchange.reply, chance, genuine)) };
    },
    async judge({ exchange, bytes, isSigned }) {
      client.reply = bytes;
      const answer = await exchange.ask(client.gateway);
      if (typeof answer.verdict !== 'string') return 'an answer without a verdict';
      if (JSON.stringify(answer).includes(apiKey.reveal())) return 'an answer with the key in it';
      const isGenuine = isSigned || signed.has(signedPart(bytes) ?? '');
      if (!isGenuine && exchange.unproved?.includes(answer.verdict) === false) {
        return `${answer.verdict} of a reply that was not signed like this`;
      }
      return proven(answer, exchange, bytes);
    },
  };
}

function named(exchange: Exchange, { about, bytes }: Input): Input {
  return { about: `${exchange.name}: ${about}`, bytes };
}

/** Signed or not: a verdict about money has to name this very order and amount. */
function proven({ verdict }: Answer, { proof }: Exchange, bytes: Buffer): string | undefined {
  if (!proof || verdict !== proof.verdict) return undefined;
  const said = readFlat(bytes);
  const wrong = Object.keys(proof.fields).find((name) => said?.get(name) !== proof.fields[name]);
  return wrong === undefined ? undefined : `${verdict} of a reply with another ${wrong}`;
}

function signedAgain({ reply }: Exchange, others: readonly Buffer[], chance: Chance): Input {
  const fields = Object.fromEntries(readFlat(reply) ?? []);
  const names = Object.keys(fields);
  const about: string[] = [];
  for (let n = chance.between(1, 3); n > 0; n--) {
    const name = chance.pick(names);
    fields[name] = otherValue(fields[name] ?? '', others, chance);
    about.push(name);
  }
  const { sign: _, ...rest } = fields;
  const whole: Fields = rest;
  return {
    about: `signed with another ${about.join(', ')}`,
    bytes: Buffer.from(buildXml({ ...whole, sign: sign(whole, apiKey, 'HMAC-SHA256') })),
  };
}

const VALUES = [
  '',
  '0',
  '1',
  '-1',
  '00888',
  '888.0',
  '8.88',
  '1e3',
  '889',
  ' 888',
  '９９',
  '9'.repeat(40),
  'SUCCESS',
  'FAIL',
  'CNY',
  'USD',
  '\n',
  '\u0000',
  '😀',
  '100',
] as const;

function otherValue(value: string, others: readonly Buffer[], chance: Chance): string {
  if (chance.happens(0.4)) return chance.pick(VALUES);
  if (chance.happens(0.5)) return chance.pick([...(readFlat(chance.pick(others))?.values() ?? []), '']);
  return mutated(Buffer.from(value), chance).bytes.toString('utf8');
}
