import { implement } from '@orpc/server';
import { contract } from '../../../src/contract/index.ts';
import type { TillView } from '../../../src/contract/types.ts';
import { fen } from '../../../src/core/money.ts';
import type { TerminalRouter } from '../../../src/main/terminal.ts';

/** A terminal that remembers one amount: the real contract without the shop behind it, for tests of the hosts. */
export interface CannedTerminal {
  readonly router: TerminalRouter;
  /** How many screens watch the till right now. */
  watching(): number;
}

export function cannedTerminal(): CannedTerminal {
  const os = implement(contract);
  let till: TillView = { step: 'amount', amountFen: fen(0) };
  const changed = new EventTarget();
  let watching = 0;

  const move = (next: TillView): TillView => {
    till = next;
    changed.dispatchEvent(new Event('change'));
    return till;
  };
  const sale = {
    saleId: 's1',
    number: 'S1-T1-000001',
    amountFen: fen(0),
    openedAt: 0,
    phase: 'open',
    receipt: 'none',
    refundedFen: fen(0),
    refundPendingFen: fen(0),
  } as const;
  const noShifts = { mode: 'off' } as const;
  const quiet = { name: 'none', state: 'none' } as const;

  const router = os.router({
    lookUp: {
      order: os.lookUp.order.handler(() => ({ agreement: 'foreign', gateway: { verdict: 'NOT_FOUND' } })),
    },
    qr: {
      offer: os.qr.offer.handler(() => ({ accepted: true })),
      print: os.qr.print.handler(() => ({ printing: false })),
    },
    till: {
      watch: os.till.watch.handler(async function* ({ signal }) {
        watching += 1;
        try {
          while (!signal?.aborted) {
            yield till;
            await nextChange(changed, signal);
          }
        } finally {
          watching -= 1;
        }
      }),
      ask: os.till.ask.handler(({ input }) => move({ step: 'scan', amountFen: input.amountFen })),
      scan: os.till.scan.handler(() => ({ accepted: false })),
      takeCash: os.till.takeCash.handler(() => ({ accepted: false })),
      cancel: os.till.cancel.handler(() => move({ step: 'amount', amountFen: fen(0) })),
      next: os.till.next.handler(() => move({ step: 'amount', amountFen: fen(0) })),
      retry: os.till.retry.handler(({ errors }) => {
        throw errors.NOTHING_TO_RETRY();
      }),
    },
    sales: {
      watchToday: os.sales.watchToday.handler(async function* () {
        yield {
          rows: [],
          paidCount: 0,
          paidFen: fen(0),
          cashFen: fen(0),
          wechatFen: fen(0),
          unsettledCount: 0,
          unsettledFen: fen(0),
          refundedFen: fen(0),
          refundPendingFen: fen(0),
        };
      }),
      story: os.sales.story.handler(() => ({ sale, payments: [], refunds: [], lines: [] })),
      receipt: os.sales.receipt.handler(() => ({ svg: '<svg/>' })),
      reprint: os.sales.reprint.handler(() => ({ copy: 1 })),
    },
    queue: {
      watch: os.queue.watch.handler(async function* () {
        const nothing = { count: 0, amountFen: fen(0) };
        yield { ...nothing, humanCount: 0, givenUp: nothing, tasks: [] };
      }),
      tryNow: os.queue.tryNow.handler(() => ({ started: false })),
      giveUp: os.queue.giveUp.handler(({ errors }) => {
        throw errors.NO_SUCH_TASK();
      }),
    },
    refunds: {
      request: os.refunds.request.handler(({ errors }) => {
        throw errors.NO_SUCH_SALE();
      }),
      takeBack: os.refunds.takeBack.handler(({ errors }) => {
        throw errors.NO_SUCH_TASK();
      }),
      findSale: os.refunds.findSale.handler(({ errors }) => {
        throw errors.NO_SUCH_SALE();
      }),
    },
    status: {
      watch: os.status.watch.handler(async function* () {
        yield {
          storeName: '试营业',
          storeId: 'S1',
          terminalId: 'T1',
          version: '0',
          host: 'kiosk' as const,
          gateway: 'simulator' as const,
          line: 'online' as const,
          lineHosts: [],
          scanner: { kind: 'scanner' as const, ...quiet },
          printer: { kind: 'printer' as const, ...quiet },
          unsettled: { count: 0, amountFen: fen(0) },
          owed: { count: 0, amountFen: fen(0) },
          backup: { everyHours: 24 },
          clockDriftMs: 0,
        };
      }),
    },
    shift: {
      watch: os.shift.watch.handler(async function* () {
        yield noShifts;
      }),
      open: os.shift.open.handler(() => ({ done: true as const })),
      moveCash: os.shift.moveCash.handler(() => ({ done: true as const })),
      count: os.shift.count.handler(() => ({ done: true as const })),
      close: os.shift.close.handler(() => ({ done: true as const })),
      print: os.shift.print.handler(() => ({ printing: false })),
    },
    backup: { now: os.backup.now.handler(() => ({ everyHours: 24 })) },
    paper: {
      watch: os.paper.watch.handler(async function* () {
        yield { sheets: [] };
      }),
    },
    simulator: {
      scenarios: os.simulator.scenarios.handler(() => []),
      present: os.simulator.present.handler(() => ({ accepted: false })),
      payStatic: os.simulator.payStatic.handler(({ errors }) => {
        throw errors.NOT_SIMULATED();
      }),
    },
    offline: {
      hold: os.offline.hold.handler(() => ({ accepted: false })),
      resume: os.offline.resume.handler(({ errors }) => {
        throw errors.NO_SUCH_HELD();
      }),
      discard: os.offline.discard.handler(({ errors }) => {
        throw errors.NO_SUCH_HELD();
      }),
      acceptStatic: os.offline.acceptStatic.handler(() => ({ accepted: false })),
      lookUp: os.offline.lookUp.handler(({ errors }) => {
        throw errors.NO_SUCH_TASK();
      }),
    },
  });
  return { router, watching: () => watching };
}

function nextChange(changed: EventTarget, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    changed.addEventListener('change', () => resolve(), { once: true });
    signal?.addEventListener('abort', () => resolve(), { once: true });
  });
}
