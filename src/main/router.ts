import { implement } from '@orpc/server';
import { contract } from '../contract/index.ts';
import type { Notice, PaymentView } from '../contract/types.ts';
import { queueRoutes } from './queue/routes.ts';
import { refundRoutes } from './refunds/routes.ts';
import { lookUpRoutes } from './sales/look-up-routes.ts';
import { nativeRoutes } from './sales/native-routes.ts';
import { offlineRoutes } from './sales/offline-routes.ts';
import { PaymentUnresolved } from './sales/till.ts';
import { paymentView, saleStory } from './sales/views.ts';
import { shiftRoutes } from './shifts/routes.ts';
import type { TerminalParts } from './terminal-parts.ts';

/** The contract over the terminal's parts: each call is a few lines into the part that knows. */
export function createRouter(parts: TerminalParts) {
  const { ledger, till, topics, receipts, backups, simulator, now } = parts;
  const os = implement(contract);

  /** A cashier's step that the present payment may forbid. */
  function step<E>(act: () => void, refuse: (payment: PaymentView) => E) {
    try {
      act();
    } catch (error) {
      if (!(error instanceof PaymentUnresolved)) throw error;
      const sale = ledger.sale(error.payment.saleId);
      if (!sale) throw error;
      throw refuse(paymentView(error.payment, sale, now()));
    }
    return till.view();
  }

  return os.router({
    till: {
      watch: os.till.watch.handler(({ signal }) => topics.till.watch(signal)),
      ask: os.till.ask.handler(({ input, errors }) =>
        step(
          () => till.ask(input.amountFen),
          (data) => errors.PAYMENT_UNRESOLVED({ data }),
        ),
      ),
      scan: os.till.scan.handler(({ input }) => scanned(till.scan(input.text))),
      takeCash: os.till.takeCash.handler(({ input }) => scanned(till.takeCash(input.amountFen, input.tenderedFen))),
      cancel: os.till.cancel.handler(() => {
        till.cancel();
        return till.view();
      }),
      next: os.till.next.handler(({ errors }) =>
        step(
          () => till.next(),
          (data) => errors.PAYMENT_UNRESOLVED({ data }),
        ),
      ),
      retry: os.till.retry.handler(({ errors }) =>
        step(
          () => {
            if (!till.retry()) throw errors.NOTHING_TO_RETRY();
          },
          (data) => errors.PAYMENT_UNRESOLVED({ data }),
        ),
      ),
    },
    sales: {
      watchToday: os.sales.watchToday.handler(({ signal }) => topics.sales.watch(signal)),
      story: os.sales.story.handler(({ input, errors }) => {
        const sale = ledger.sale(input.saleId);
        if (!sale) throw errors.NO_SUCH_SALE();
        return saleStory(ledger, sale, now());
      }),
      receipt: os.sales.receipt.handler(({ input, errors }) => {
        const sale = ledger.sale(input.saleId);
        if (!sale) throw errors.NO_SUCH_SALE();
        const svg = receipts.svg(sale);
        if (svg === undefined) throw errors.NOT_PAID();
        return { svg };
      }),
      reprint: os.sales.reprint.handler(({ input, errors }) => {
        const sale = ledger.sale(input.saleId);
        if (!sale) throw errors.NO_SUCH_SALE();
        const copy = receipts.reprint(sale);
        if (copy === undefined) throw errors.NOT_PAID();
        return { copy };
      }),
    },
    queue: queueRoutes(parts),
    refunds: refundRoutes(parts),
    shift: shiftRoutes(parts.shifts),
    offline: offlineRoutes(parts),
    qr: nativeRoutes(parts),
    lookUp: lookUpRoutes(parts),
    status: { watch: os.status.watch.handler(({ signal }) => topics.status.watch(signal)) },
    backup: {
      now: os.backup.now.handler(async () => {
        await backups.now();
        return backups.view();
      }),
    },
    paper: { watch: os.paper.watch.handler(({ signal }) => topics.paper.watch(signal)) },
    simulator: {
      scenarios: os.simulator.scenarios.handler(() => [...(simulator?.scenarios ?? [])]),
      present: os.simulator.present.handler(({ input, errors }) => {
        if (!simulator) throw errors.NOT_SIMULATED();
        if (!simulator.scenarios.some(({ id }) => id === input.scenario)) throw errors.NO_SUCH_SCENARIO();
        const offered = till.offeredOrder();
        if (offered?.codeUrl === undefined) return scanned(till.scan(simulator.freshCode(input.scenario)));
        // A code lies open: this customer scans it.
        simulator.visit(offered.codeUrl, input.scenario);
        return scanned(undefined);
      }),
      payStatic: os.simulator.payStatic.handler(({ input, errors }) => {
        if (!simulator) throw errors.NOT_SIMULATED();
        return { transactionId: simulator.payStatic(input.amountFen) };
      }),
    },
  });
}

function scanned(notice: Notice | undefined): { accepted: boolean; notice?: Notice } {
  return notice === undefined ? { accepted: true } : { accepted: false, notice };
}
