import { invariant } from '../../../../core/assert.ts';
import type { BillReasonCode, NoBill } from '../../../../core/bill-answer.ts';
import { billReadyAt } from '../../../../core/bill-day.ts';
import type { Clock } from '../../../../core/time.ts';
import type { BillAnswer, BillGateway, BillReader, BillRequest } from '../../bill-gateway.ts';
import { readBillRefusal } from '../answers/bill-refusal.ts';
import { BILL_ERRORS, type BillDoes, FUND_FLOW_ERRORS } from '../errors/bill-errors.ts';
import type { ErrorTable } from '../errors/error-rule.ts';

import type { Merchant } from '../merchant.ts';
import { PATHS, signedXml } from '../requests.ts';
import { TROUBLES } from '../transport/call-trouble.ts';
import { isCertificateTrouble } from '../transport/outcome.ts';
import { StreamBroken, type StreamHeaders, type StreamOutcome } from '../transport/stream-once.ts';
import type { Transport } from '../transport/transport.ts';
import type { Fields } from '../wire/sign.ts';
import { parseXml } from '../wire/xml.ts';
import { type BillBody, digested, openBody } from './bill-body.ts';
import { readBill, readFundFlow } from './read-bill.ts';

export interface BillParts {
  readonly merchant: Merchant;
  readonly transport: Pick<Transport, 'stream'>;
  readonly timeouts: { readonly billHeadMs: number; readonly billIdleMs: number; readonly billWholeMs: number };
  readonly random: (size: number) => Uint8Array;
  readonly clock: Clock;
}

/** How one of the two calls differs from the other. */
interface Kind<Row, Totals> {
  readonly call: 'bill' | 'fundFlow';
  readonly certified: boolean;
  readonly errors: ErrorTable<BillDoes, BillReasonCode>;
  readonly read: (bytes: AsyncIterable<Uint8Array>) => BillReader<Row, Totals>;
}

const BILL = { call: 'bill', certified: false, errors: BILL_ERRORS, read: readBill } as const;
const FUND_FLOW = { call: 'fundFlow', certified: true, errors: FUND_FLOW_ERRORS, read: readFundFlow } as const;

/** The bill half of the client. Nothing is repeated here: whoever wants the bill decides on another call. */
export function createBills({ merchant, transport, timeouts, random, clock }: BillParts): BillGateway {
  async function download<Row, Totals>(
    kind: Kind<Row, Totals>,
    asker: Merchant,
    { day, gzip = true, signal }: BillRequest,
    more: Fields,
  ): Promise<BillAnswer<Row, Totals>> {
    const readyAt = billReadyAt(day);
    invariant(readyAt !== undefined, `A bill's day is written 20260102, not ${day}`);
    const fields = { bill_date: day, ...more, tar_type: gzip ? 'GZIP' : '' };
    const outcome = await transport.stream({
      call: kind.call,
      path: PATHS[kind.call],
      body: signedXml(asker, fields, Buffer.from(random(16)).toString('hex')),
      certified: kind.certified,
      headMs: timeouts.billHeadMs,
      idleMs: timeouts.billIdleMs,
      wholeMs: timeouts.billWholeMs,
      signal,
    });
    if (outcome.outcome !== 'stream') return noReply(kind.certified, outcome);
    try {
      const body = await openBody(outcome.body);
      if (body.kind === 'bill') return { verdict: 'BILL', bill: kind.read(checked(body, outcome.headers)) };
      return readBillRefusal(parseXml(body.xml), kind.errors, asker, { now: clock.now(), readyAt });
    } catch (error) {
      outcome.body.destroy();
      return later(error instanceof StreamBroken && error.isCancelled ? 'CANCELLED' : 'BAD_REPLY');
    }
  }

  return {
    downloadBill: (request) => download(BILL, merchant, request, { bill_type: request.type ?? 'ALL' }),
    downloadFundFlow: (request) =>
      // The one call that takes no MD5, whatever the merchant signs the others with.
      download(FUND_FLOW, { ...merchant, signType: 'HMAC-SHA256' }, request, { account_type: request.account }),
  };
}

/** downloadfundflow sends the digest of its body along; downloadbill sends none. */
function checked({ bytes }: Extract<BillBody, { kind: 'bill' }>, { digest }: StreamHeaders): AsyncIterable<Uint8Array> {
  const [, sha1Hex] = /^SHA=([0-9a-f]{40})$/i.exec(String(digest ?? '')) ?? [];
  return sha1Hex === undefined ? bytes : digested(bytes, sha1Hex);
}

function noReply(certified: boolean, outcome: Exclude<StreamOutcome, { outcome: 'stream' }>): NoBill {
  const { detail } = outcome;
  if (certified && isCertificateTrouble(outcome)) {
    return { verdict: 'REFUSED', reason: { code: 'BAD_CERTIFICATE', gatewayCode: detail } };
  }
  if (detail === 'CANCELLED') return later('CANCELLED');
  return later(outcome.outcome === 'not-sent' ? 'NOT_SENT' : TROUBLES[outcome.cause], detail);
}

function later(code: BillReasonCode, gatewayCode?: string): NoBill {
  return { verdict: 'LATER', reason: { code, ...(gatewayCode === undefined ? {} : { gatewayCode }) } };
}
