import type { Settlement } from '../../src/core/gateway-answer.ts';
import type { JournalDraft, JournalEntry } from '../../src/core/journal.ts';
import { type Fen, fen } from '../../src/core/money.ts';
import { isSettled } from '../../src/core/payment.ts';
import { receiptOf } from '../../src/core/receipt.ts';
import type { Secret } from '../../src/core/secret.ts';
import { sign } from '../../src/main/gateway/wechat-v2/wire/sign.ts';
import { buildXml, parseXml } from '../../src/main/gateway/wechat-v2/wire/xml.ts';
import { LedgerError } from '../../src/main/ledger/errors.ts';
import type { Ledger } from '../../src/main/ledger/open-ledger.ts';
import { SAMPLE_MERCHANT } from '../../src/simulator/options.ts';
import type { Tampering } from './tampering.ts';
import { SHOP } from './terminal.ts';

/*
 * Mistakes that terminals make, each of them alone, to show that the simulation would see it. None is in the terminal:
 * they sit between its parts and make one part lie to another.
 */

export const MUTANTS: Readonly<Record<string, Tampering>> = {
  'a time-out is taken for a refusal': {
    gateway: (right) => ({
      ...right,
      async pay(order, code) {
        const answer = await right.pay(order, code);
        return answer.verdict === 'UNKNOWN' && answer.reason.code === 'NO_REPLY'
          ? { verdict: 'NOT_SENT', reason: answer.reason }
          : answer;
      },
    }),
  },

  'the submission is written only after its answer': {
    ledger(right, clock) {
      let unwritten: JournalDraft[] = [];
      return {
        ...right,
        append(...drafts) {
          if (drafts.some(({ kind }) => kind === 'payment.submitted')) {
            unwritten.push(...drafts);
            return drafts.map((draft) => unwrittenEntry(draft, clock.now()));
          }
          const late = unwritten;
          unwritten = [];
          return right.append(...late, ...drafts).slice(late.length);
        },
      };
    },
  },

  'an unanswered payment is tried again under a new number': {
    gateway: (right) => ({
      ...right,
      async pay(order, code) {
        const answer = await right.pay(order, code);
        return answer.verdict === 'UNKNOWN'
          ? right.pay({ ...order, outTradeNo: `${order.outTradeNo}b` }, code)
          : answer;
      },
    }),
  },

  'a refusal is believed without the query that confirms it': {
    gateway: (right, { ledger }) => ({
      ...right,
      query: async (order) =>
        stateOf(order.outTradeNo, ledger) === 'declining' ? { verdict: 'NOT_FOUND' } : right.query(order),
    }),
  },

  'a success that comes after the reversal is dropped': {
    gateway: (right, { ledger }) => ({
      ...right,
      async query(order) {
        const answer = await right.query(order);
        const state = stateOf(order.outTradeNo, ledger);
        return answer.verdict === 'PAID' && (state === 'confirming' || state === 'reversed')
          ? { verdict: 'CLOSED' }
          : answer;
      },
    }),
  },

  'nobody looks once more for a payment that did not exist': { timings: { lateCheckMs: 0 } },

  'any signature will do': {
    transport: (right) => ({
      ...right,
      async send(call) {
        const outcome = await right.send(call);
        return outcome.outcome === 'reply' ? { outcome: 'reply', body: signedAnew(outcome.body) } : outcome;
      },
    }),
  },

  'the code is kept, and sent again when the line may be back': {
    gateway: (right, { clock }) => ({
      ...right,
      async pay(order, code) {
        const answer = await right.pay(order, code);
        if (answer.verdict === 'NOT_SENT') void clock.sleep(60_000).then(() => right.pay(order, code));
        return answer;
      },
    }),
  },

  'a start forgets what the last run left open': {
    engine: (right) => ({ ...right, resume: () => 0 }),
  },

  'a start takes what was under way for failed': {
    engine: (right, { ledger }) => ({
      ...right,
      resume() {
        for (const { id, state } of ledger.paymentsOwed()) {
          const answer = { verdict: 'NOT_SENT', reason: { code: 'RESTARTED' } } as const;
          if (state === 'submitted') ledger.append({ kind: 'payment.answered', subject: id, payload: { answer } });
        }
        return right.resume();
      },
    }),
  },

  'a sale is charged again while its last payment is not certain': {
    tillLedger: (right) => ({ ...right, paymentsOfSale: (saleId) => right.paymentsOfSale(saleId).filter(isSettled) }),
  },

  'a receipt is printed as soon as the code is scanned': {
    engine: (right, { ledger, printer }) => ({
      ...right,
      charge(drafts, code) {
        const payment = right.charge(drafts, code);
        const sale = ledger.sale(payment.saleId);
        const settlement = inventedSettlement(payment.amountFen);
        if (sale) void printer.print(receiptOf(SHOP, sale, { ...payment, state: 'paid', settlement }, 0));
        return payment;
      },
    }),
  },

  'what may have been printed is printed again after a restart': {
    ledger: (right) => ({
      ...right,
      append: (...drafts) =>
        right.append(
          ...drafts.map(
            (draft): JournalDraft =>
              draft.kind === 'print.settled' && draft.payload.result === 'unknown'
                ? { ...draft, payload: { result: 'queued' } }
                : draft,
          ),
        ),
    }),
  },

  'the first reversal is believed, whatever it answered': {
    gateway: (right, { ledger }) => ({
      ...right,
      async reverse(order) {
        await right.reverse(order);
        return { verdict: 'REVERSED' };
      },
      query: async (order) =>
        stateOf(order.outTradeNo, ledger) === 'confirming' ? { verdict: 'CLOSED' } : right.query(order),
    }),
  },

  'a code that was used is taken again': {
    tillLedger: (right) => ({ ...right, isCodeUsed: () => false }),
  },

  'the code is written down with the payment': {
    engine: (right) => ({
      ...right,
      charge: (drafts, code) =>
        right.charge(
          drafts.map((draft) => (code ? withCode(draft, code) : draft)),
          code,
        ),
    }),
  },

  'the log tells the code': {
    engine: (right, { log }) => ({
      ...right,
      charge(drafts, code) {
        if (code) log('charge', { code: code.reveal() });
        return right.charge(drafts, code);
      },
    }),
  },

  'what belongs together is written in several commits': {
    ledger: (right) => ({ ...right, append: (...drafts) => drafts.flatMap((draft) => right.append(draft)) }),
  },

  'the wall clock is believed while a payment is timed': {
    clock: (right) => ({ ...right, now: () => right.now() + right.driftMs() }),
  },

  'the receipt of a cash sale is forgotten': {
    tillLedger: (right) => ({
      ...right,
      append: (...drafts) => right.append(...drafts.filter(({ kind }) => kind !== 'print.queued')),
    }),
  },

  'an answer that a full disk did not take is told all the same': {
    ledger: (right, clock) => ({
      ...right,
      append(...drafts) {
        try {
          return right.append(...drafts);
        } catch (error) {
          if (!(error instanceof LedgerError) || drafts[0]?.kind !== 'payment.answered') throw error;
          return drafts.map((draft) => unwrittenEntry(draft, clock.now()));
        }
      },
    }),
  },
};

function stateOf(outTradeNo: string, ledger: Ledger): string | undefined {
  return ledger.paymentsOwed().find((payment) => payment.outTradeNo === outTradeNo)?.state;
}

/** What an append would have returned, had it written anything. */
function unwrittenEntry(draft: JournalDraft, at: number): JournalEntry {
  return { ...draft, terminalId: SHOP.terminalId, seq: 0, at, prevHash: '', hash: '' };
}

function signedAnew(body: Uint8Array): Uint8Array {
  try {
    const fields = parseXml(body);
    const { appId, mchId, apiKey } = SAMPLE_MERCHANT;
    const ours = { ...fields, appid: appId, mch_id: mchId };
    return Buffer.from(buildXml({ ...ours, sign: sign(ours, apiKey, 'HMAC-SHA256') }));
  } catch {
    return body;
  }
}

function inventedSettlement(amountFen: Fen): Settlement {
  return { transactionId: '42', totalFen: amountFen, cashFen: amountFen, couponFen: fen(0), bankType: '', timeEnd: '' };
}

function withCode(draft: JournalDraft, code: Secret): JournalDraft {
  return draft.kind === 'payment.submitted'
    ? { ...draft, payload: { ...draft.payload, codeHash: code.reveal() } }
    : draft;
}
