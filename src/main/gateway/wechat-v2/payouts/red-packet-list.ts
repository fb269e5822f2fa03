import { withCdataBlank } from '../wire/cdata.ts';
import type { Fields } from '../wire/sign.ts';
import { parseXml, XML_MAX_BYTES, XmlError } from '../wire/xml.ts';

/** One opened share of a red packet, as gethbinfo lists it. */
interface OpenedShare {
  readonly amountFen: number;
  /** Beijing time, `yyyy-MM-dd HH:mm:ss`. */
  readonly rcvTime: string;
}

/** A red packet has at most 20 shares; a list that goes on and on is not read to its end. */
const SHARES_MAX = 100;

/**
 * Reads gethbinfo's answer, the one of the API that is not flat: it may hold a `<hblist>` of `<hbinfo>`s. The list is
 * cut out, and both are read by the strict reader of flat messages. What we want of the list stands among the fields:
 * `rcv_time`, when the last share was opened, and `refund_amount`, where a packet that came back does not say it.
 *
 * @throws XmlError
 */
export function readRedPacketMessage(body: Uint8Array): Fields {
  const { outside, inside } = cutOut(decode(body), 'hblist');
  const fields = parseXml(outside);
  if (fields.hblist !== undefined) throw new XmlError('a list twice');
  if (inside === undefined) return fields;
  const opened = readList(inside);
  const lastAt =
    opened
      .map(({ rcvTime }) => rcvTime)
      .sort()
      .at(-1) ?? '';
  const backFen = Number(fields.total_amount) - opened.reduce((sum, { amountFen }) => sum + amountFen, 0);
  return {
    ...fields,
    rcv_time: lastAt,
    ...(fields.status === 'REFUND' && !fields.refund_amount ? { refund_amount: String(backFen) } : {}),
    // Nobody has said how a list would be signed; these answers are documented as unsigned.
    sign: '',
  };
}

function readList(list: string): OpenedShare[] {
  const opened: OpenedShare[] = [];
  for (let rest = list; ; ) {
    const { outside, inside } = cutOut(rest, 'hbinfo');
    if (inside === undefined) {
      if (outside.trim() !== '') throw new XmlError('a list of something else');
      return opened;
    }
    if (opened.length === SHARES_MAX) throw new XmlError('more shares than there can be');
    const { amount = '', rcv_time: rcvTime = '' } = parseXml(`<hbinfo>${inside}</hbinfo>`, 'hbinfo');
    if (!/^\d{1,10}$/.test(amount)) throw new XmlError('a share without its amount');
    opened.push({ amountFen: Number(amount), rcvTime });
    rest = outside;
  }
}

/** A text without its first element of this name, and what was in that. What stands in CDATA is no element. */
function cutOut(text: string, name: string): { readonly outside: string; readonly inside: string | undefined } {
  const markup = withCdataBlank(text);
  if (markup === undefined) throw new XmlError('a CDATA section without an end');
  const [open, close] = [`<${name}>`, `</${name}>`];
  const from = markup.indexOf(open);
  if (from < 0) return { outside: text, inside: undefined };
  const to = markup.indexOf(close, from);
  if (to < 0) throw new XmlError(`<${name}> without an end`);
  return {
    outside: text.slice(0, from) + text.slice(to + close.length),
    inside: text.slice(from + open.length, to),
  };
}

function decode(body: Uint8Array): string {
  // Before it is looked through: no answer of this call comes near.
  if (body.byteLength > XML_MAX_BYTES) throw new XmlError('larger than 64 KiB');
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    throw new XmlError('not UTF-8');
  }
}
