import { eventIterator, oc } from '@orpc/contract';
import * as z from 'zod';
import { BackupView } from './backup-schemas.ts';
import { lookUpContract } from './look-up-contract.ts';
import { nativeContract } from './native-contract.ts';
import { offline } from './offline.ts';
import { GiveUpOrder, QueueView, TaskRef } from './queue-schemas.ts';
import { refundContract } from './refund-contract.ts';
import { Notice, Paper, PaymentView, SaleAmount, SalesView, Scenario, StatusView, TillView } from './schemas.ts';
import { shiftContract } from './shift-contract.ts';
import { SaleStory } from './story-schemas.ts';

const NoInput = z.object({}).optional();
const SaleRef = z.object({ saleId: z.string().min(1).max(64) });

/**
 * All that a screen may ask of the terminal. Both hosts serve it and no other channel exists. Live state comes by
 * subscription: each `watch` yields the present state at once and then every change.
 */
export const contract = {
  till: {
    watch: oc.input(NoInput).output(eventIterator(TillView)),
    /** Asks the customer for this amount: the till now waits for a scan. */
    ask: oc
      .input(z.object({ amountFen: SaleAmount }))
      .output(TillView)
      .errors({
        /** A payment is not certain yet; the till stays with it. */
        PAYMENT_UNRESOLVED: { data: PaymentView },
      }),
    /** A scan that reached the screen: keyboard wedge, or a code typed by hand. Never stored, never logged. */
    scan: oc
      .input(z.object({ text: z.string().min(1).max(4096), source: z.enum(['wedge', 'typed']) }))
      .output(z.object({ accepted: z.boolean(), notice: Notice.optional() })),
    /**
     * Cash for the amount that waits to be paid. `amountFen` is what the cashier saw, `tenderedFen` what was handed over.
     * Asked twice it is taken once. Accepted means that it is durable.
     */
    takeCash: oc
      .input(z.object({ amountFen: SaleAmount, tenderedFen: SaleAmount }))
      .output(z.object({ accepted: z.boolean(), notice: Notice.optional() })),
    /** Steps back from waiting for a scan, or asks for the payment under way to be taken back. */
    cancel: oc.input(NoInput).output(TillView),
    /** Leaves a payment that has ended, or that resolves itself in the background: on to the next sale. */
    next: oc
      .input(NoInput)
      .output(TillView)
      .errors({ PAYMENT_UNRESOLVED: { data: PaymentView } }),
    /** After a payment that did not succeed: the same amount again, for a fresh code. */
    retry: oc
      .input(NoInput)
      .output(TillView)
      .errors({ PAYMENT_UNRESOLVED: { data: PaymentView }, NOTHING_TO_RETRY: {} }),
  },
  sales: {
    /** Today's sales (Beijing day), newest first, at most 200. */
    watchToday: oc.input(NoInput).output(eventIterator(SalesView)),
    story: oc.input(SaleRef).output(SaleStory).errors({ NO_SUCH_SALE: {} }),
    /** The receipt as SVG text, for the screen. */
    receipt: oc
      .input(SaleRef)
      .output(z.object({ svg: z.string() }))
      .errors({ NO_SUCH_SALE: {}, NOT_PAID: {} }),
    reprint: oc
      .input(SaleRef)
      .output(z.object({ copy: z.int() }))
      .errors({ NO_SUCH_SALE: {}, NOT_PAID: {} }),
  },
  queue: {
    /** What is still owed: payments that are not certain, receipts, and whatever else the terminal keeps at. */
    watch: oc.input(NoInput).output(eventIterator(QueueView)),
    /** Its next step now. `started`: false when there is nothing that could be done sooner. */
    tryNow: oc
      .input(TaskRef)
      .output(z.object({ started: z.boolean() }))
      .errors({ NO_SUCH_TASK: {} }),
    /** A manager ends, by name and with a reason, what only a person can end. It never counts as paid. */
    giveUp: oc
      .input(GiveUpOrder)
      .output(z.object({ givenUp: z.literal(true) }))
      .errors({ NO_SUCH_TASK: {}, NOT_FOR_A_PERSON: {}, LEDGER_UNWRITABLE: {} }),
  },
  refunds: refundContract,
  shift: shiftContract,
  offline,
  qr: nativeContract,
  lookUp: lookUpContract,
  status: {
    watch: oc.input(NoInput).output(eventIterator(StatusView)),
  },
  backup: {
    /** Takes one at once and says how that ended; never fails, and no sale waits for it. */
    now: oc.input(NoInput).output(BackupView),
  },
  paper: {
    /** The virtual printer's sheets, newest first; empty and silent where a real printer is configured. */
    watch: oc.input(NoInput).output(eventIterator(Paper)),
  },
  simulator: {
    scenarios: oc.input(NoInput).output(z.array(Scenario)),
    /** The virtual scanner: a customer of this kind shows a fresh payment code. */
    present: oc
      .input(z.object({ scenario: z.string().min(1).max(64) }))
      .output(z.object({ accepted: z.boolean(), notice: Notice.optional() }))
      .errors({ NOT_SIMULATED: {}, NO_SUCH_SCENARIO: {} }),
    /** A customer pays so much on the store's static code, which no till hears of; the phone then shows the number. */
    payStatic: oc
      .input(z.object({ amountFen: SaleAmount }))
      .output(z.object({ transactionId: z.string() }))
      .errors({ NOT_SIMULATED: {} }),
  },
};

export type Contract = typeof contract;
