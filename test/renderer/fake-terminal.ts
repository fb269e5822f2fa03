import { implement } from '@orpc/server';
import { contract } from '../../src/contract/index.ts';
import type {
  PaymentView,
  QueueView,
  SaleRow,
  SalesView,
  ShiftView,
  StatusView,
  TillView,
} from '../../src/contract/types.ts';
import { type Fen, fen, sumFen } from '../../src/core/money.ts';
import type { Phase } from '../../src/core/payment-view.ts';
import { serveKiosk } from '../../src/main/kiosk/server.ts';
import { createTopic } from '../../src/main/topic.ts';
import { fakeLookUp } from './fake-look-up.ts';
import { fakeOffline } from './fake-offline.ts';
import { fakeQr } from './fake-qr.ts';
import { fakeRefunds } from './fake-refunds.ts';

/** A terminal without money behind it: what the screen asks is written down, what it sees is what the test says. */
export type FakeTerminal = Awaited<ReturnType<typeof startFakeTerminal>>;

const RECEIPT = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 384 520" width="384" height="520">
<rect width="384" height="520" fill="#fff"/><g font-family="monospace" font-size="24" fill="#000" text-anchor="middle">
<text x="192" y="60" font-size="40">街角小店</text><text x="192" y="120">微信支付 WeChat Pay</text>
<text x="192" y="210" font-size="56">￥12.50</text><text x="192" y="300">4200002026010100001234</text>
<text x="192" y="470">谢谢惠顾</text></g></svg>`;

export async function startFakeTerminal(rendererDir: string, port = 0) {
  let till: TillView = { step: 'amount', amountFen: fen(0) };
  let sales: SalesView = {
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
  let status: StatusView = aStatus();
  let queue: QueueView = aQueue();
  let shift: ShiftView = { mode: 'off' };
  let sheets: { id: string; at: number; saleNumber: string; copy: number; svg: string }[] = [];
  const topics = {
    till: createTopic(() => till),
    sales: createTopic(() => sales),
    status: createTopic(() => status),
    paper: createTopic(() => ({ sheets })),
    queue: createTopic(() => queue),
    shift: createTopic(() => shift),
  };
  const calls: string[] = [];
  const scans: { text: string; source: string }[] = [];
  const shiftCall = (call: string): { done: true } => {
    calls.push(`shift ${call}`);
    return { done: true };
  };
  const show = (view: TillView): TillView => {
    till = view;
    topics.till.publish();
    return view;
  };
  const os = implement(contract);
  const refunding = fakeRefunds(calls);
  const router = os.router({
    lookUp: fakeLookUp(calls),
    qr: fakeQr({ calls, show: (payment) => show(aTill(payment)) }),
    till: {
      watch: os.till.watch.handler(({ signal }) => topics.till.watch(signal)),
      ask: os.till.ask.handler(({ input, errors }) => {
        calls.push(`ask ${input.amountFen}`);
        if (till.payment && !till.payment.leavable) throw errors.PAYMENT_UNRESOLVED({ data: till.payment });
        return show({ step: 'scan', amountFen: input.amountFen });
      }),
      scan: os.till.scan.handler(({ input }) => {
        scans.push(input);
        if (till.step === 'scan') {
          show(aTill(aPayment('working', { amountFen: till.amountFen })));
          return { accepted: true };
        }
        const notice = { code: 'SCAN_UNASKED', at: Date.now() } as const;
        show({ ...till, notice });
        return { accepted: false, notice };
      }),
      takeCash: os.till.takeCash.handler(({ input: { amountFen, tenderedFen } }) => {
        calls.push(`takeCash ${amountFen} ${tenderedFen}`);
        show(aCashSale(amountFen, tenderedFen));
        return { accepted: true };
      }),
      cancel: os.till.cancel.handler(() => {
        calls.push('cancel');
        return show(
          till.payment ? aTill({ ...till.payment, phase: 'cancelling' }) : { step: 'amount', amountFen: fen(0) },
        );
      }),
      next: os.till.next.handler(({ errors }) => {
        calls.push('next');
        if (till.payment && !till.payment.leavable) throw errors.PAYMENT_UNRESOLVED({ data: till.payment });
        return show({ step: 'amount', amountFen: fen(0) });
      }),
      retry: os.till.retry.handler(() => {
        calls.push('retry');
        return show({ step: 'scan', amountFen: till.amountFen });
      }),
    },
    sales: {
      watchToday: os.sales.watchToday.handler(({ signal }) => topics.sales.watch(signal)),
      story: os.sales.story.handler(({ input, errors }) => {
        const sale = sales.rows.find(({ saleId }) => saleId === input.saleId);
        if (!sale) throw errors.NO_SUCH_SALE();
        const payments = [aPayment('paid', { saleNumber: sale.number })];
        return { sale, payments, ...refunding.ofStory(sale), lines: aStory(sale.openedAt) };
      }),
      receipt: os.sales.receipt.handler(({ input, errors }) => {
        if (sales.rows.find(({ saleId }) => saleId === input.saleId)?.phase !== 'paid') throw errors.NOT_PAID();
        return { svg: RECEIPT };
      }),
      reprint: os.sales.reprint.handler(({ input }) => {
        calls.push(`reprint ${input.saleId}`);
        return { copy: 1 };
      }),
    },
    queue: {
      watch: os.queue.watch.handler(({ signal }) => topics.queue.watch(signal)),
      tryNow: os.queue.tryNow.handler(({ input }) => {
        calls.push(`tryNow ${input.taskId}`);
        return { started: true };
      }),
      giveUp: os.queue.giveUp.handler(({ input: { taskId, manager, reason } }) => {
        calls.push(`giveUp ${taskId} ${manager}: ${reason}`);
        return { givenUp: true as const };
      }),
    },
    refunds: refunding.routes,
    status: { watch: os.status.watch.handler(({ signal }) => topics.status.watch(signal)) },
    shift: {
      watch: os.shift.watch.handler(({ signal }) => topics.shift.watch(signal)),
      open: os.shift.open.handler(({ input: { floatFen, by } }) => shiftCall(`open ${floatFen} ${by}`)),
      moveCash: os.shift.moveCash.handler(({ input: { direction, amountFen, why, by } }) =>
        shiftCall(`moveCash ${direction} ${amountFen} ${why} ${by}`),
      ),
      count: os.shift.count.handler(({ input: { countedFen, by } }) => shiftCall(`count ${countedFen} ${by}`)),
      close: os.shift.close.handler(({ input: { by, why, owedSeen } }) =>
        shiftCall(`close ${by} ${why ?? '-'} ${owedSeen.count} ${owedSeen.amountFen}`),
      ),
      print: os.shift.print.handler(({ input: { shiftId } }) => {
        calls.push(`shift print ${shiftId}`);
        return { printing: true };
      }),
    },
    backup: {
      now: os.backup.now.handler(() => {
        calls.push('backup now');
        status = { ...status, backup: { everyHours: 24, lastAt: Date.now() } };
        topics.status.publish();
        return status.backup;
      }),
    },
    paper: { watch: os.paper.watch.handler(({ signal }) => topics.paper.watch(signal)) },
    simulator: {
      scenarios: os.simulator.scenarios.handler(() => SCENARIOS),
      present: os.simulator.present.handler(({ input }) => {
        calls.push(`present ${input.scenario}`);
        return { accepted: true };
      }),
      payStatic: os.simulator.payStatic.handler(({ input }) => {
        calls.push(`payStatic ${input.amountFen}`);
        return { transactionId: '4200000000202601020000000007' };
      }),
    },
    offline: fakeOffline({ calls, till: () => till, show }),
  });
  const server = await serveKiosk({ router, rendererDir, port, clock: { now: () => performance.now() } });
  return {
    calls,
    scans,
    port: Number(new URL(server.origin).port),
    url: server.url,
    close: server.close,
    show,
    showPhase: (phase: Phase, more: Partial<PaymentView> = {}) => show(aTill(aPayment(phase, more))),
    showSales(rows: readonly SaleRow[]) {
      const paid = rows.filter(({ phase }) => phase === 'paid');
      const paidFen = sumFen(paid.map(({ amountFen }) => amountFen));
      const cashFen = sumFen(paid.filter(({ tender }) => tender === 'cash').map(({ amountFen }) => amountFen));
      sales = {
        rows: [...rows],
        paidCount: paid.length,
        paidFen,
        cashFen,
        wechatFen: fen(paidFen - cashFen),
        unsettledCount: 0,
        unsettledFen: fen(0),
        refundedFen: sumFen(rows.map(({ refundedFen }) => refundedFen)),
        refundPendingFen: sumFen(rows.map(({ refundPendingFen }) => refundPendingFen)),
      };
      topics.sales.publish();
    },
    showStatus(part: Partial<StatusView>) {
      status = { ...status, ...part };
      topics.status.publish();
    },
    showRefunds: refunding.show,
    showQueue(part: Partial<QueueView>) {
      queue = aQueue(part);
      topics.queue.publish();
    },
    showShift(view: ShiftView) {
      shift = view;
      topics.shift.publish();
    },
    printSheet(saleNumber: string) {
      sheets = [{ id: `sheet-${sheets.length}`, at: Date.now(), saleNumber, copy: 0, svg: RECEIPT }, ...sheets];
      topics.paper.publish();
    },
  };
}

export function aCashSale(amountFen: Fen, tenderedFen: Fen): TillView {
  const cash = { saleId: 'sale-42', saleNumber: '0001-01-000042', amountFen, tenderedFen };
  const change = fen(tenderedFen - amountFen);
  return { step: 'cash', amountFen, saleNumber: cash.saleNumber, cash: { ...cash, changeFen: change } };
}

function aTill(payment: PaymentView): TillView {
  return { step: 'payment', amountFen: payment.amountFen, saleNumber: payment.saleNumber, payment };
}

const SETTLED: readonly Phase[] = ['paid', 'declined', 'cancelled', 'givenUp'];
const CANCELLABLE: readonly Phase[] = ['working', 'offered', 'password', 'uncertain'];
const LEAVABLE: readonly Phase[] = ['closing', ...SETTLED, 'uncertain', 'cancelling', 'attention'];

export function aPayment(phase: Phase, more: Partial<PaymentView> = {}): PaymentView {
  return {
    id: `payment-${phase}`,
    saleId: 'sale-42',
    saleNumber: '0001-01-000042',
    outTradeNo: '0001-01-000042-12k7q',
    amountFen: fen(1250),
    phase,
    settled: SETTLED.includes(phase),
    leavable: LEAVABLE.includes(phase),
    cancellable: CANCELLABLE.includes(phase),
    submittedAt: Date.UTC(2026, 0, 2, 2, 5, 11),
    ...(phase === 'password' ? { msLeft: 38_000, reason: { code: 'AWAITING_PASSWORD' } } : {}),
    ...(phase === 'uncertain' ? { msLeft: 21_000, reason: { code: 'GATEWAY_BUSY', gatewayCode: 'SYSTEMERROR' } } : {}),
    ...(phase === 'declined' ? { reason: { code: 'NOT_ENOUGH', gatewayCode: 'NOTENOUGH' } } : {}),
    ...(phase === 'attention' ? { reason: { code: 'REVERSE_REFUSED', gatewayCode: 'TRADE_ERROR' } } : {}),
    ...(phase === 'paid' ? { transactionId: '4200002026010100001234', paidFen: fen(1250), couponFen: fen(0) } : {}),
    ...more,
  };
}

export function aStatus(more: Partial<StatusView> = {}): StatusView {
  return {
    storeName: '街角小店',
    storeId: '0001',
    terminalId: '01',
    version: '0.1.0',
    host: 'kiosk',
    gateway: 'wechat',
    line: 'online',
    lineHosts: [],
    scanner: { kind: 'scanner', name: 'serial:/dev/ttyUSB0@9600', state: 'ready' },
    printer: { kind: 'printer', name: 'tcp:192.0.2.10:9100', state: 'ready' },
    unsettled: { count: 0, amountFen: fen(0) },
    owed: { count: 0, amountFen: fen(0) },
    backup: { everyHours: 24, lastAt: Date.now() - 3_600_000 },
    clockDriftMs: 0,
    ...more,
  };
}

export function aQueue(part: Partial<QueueView> = {}): QueueView {
  return {
    count: 0,
    amountFen: fen(0),
    humanCount: 0,
    givenUp: { count: 0, amountFen: fen(0) },
    tasks: [],
    ...part,
  };
}

export function aRow(index: number, phase: SaleRow['phase'], amountFen: Fen = fen(1250)): SaleRow {
  return {
    saleId: `sale-${index}`,
    number: `0001-01-${String(index).padStart(6, '0')}`,
    amountFen,
    openedAt: Date.UTC(2026, 0, 2, 1, index % 60),
    phase,
    ...(phase === 'paid' ? { transactionId: `42000020260101000${String(index).padStart(5, '0')}` } : {}),
    ...(phase === 'declined' ? { reason: { code: 'NOT_ENOUGH', gatewayCode: 'NOTENOUGH' } as const } : {}),
    receipt: phase === 'paid' ? 'printed' : 'none',
    refundedFen: fen(0),
    refundPendingFen: fen(0),
  };
}

function aStory(from: number) {
  const settlement = { transactionId: '4200002026010100001234' };
  const lines = [
    { kind: 'sale.opened', payload: { number: '0001-01-000042', amountFen: 1250 } },
    { kind: 'payment.submitted', payload: { attempt: 1 } },
    { kind: 'payment.answered', payload: { answer: { verdict: 'UNKNOWN', reason: { code: 'AWAITING_PASSWORD' } } } },
    { kind: 'payment.queried', payload: { answer: { verdict: 'AWAITING_PASSWORD' } } },
    { kind: 'payment.queried', payload: { answer: { verdict: 'PAID', settlement } } },
    { kind: 'print.queued', payload: { copy: 0 } },
    { kind: 'print.sending', payload: {} },
    { kind: 'print.settled', payload: { result: 'printed' } },
  ];
  return lines.map((line, index) => ({ ...line, seq: index + 1, at: from + index * 1500 }));
}

const SCENARIOS = [
  {
    id: 'pays',
    title: { zh: '马上付款', en: 'Pays at once' },
    expect: { zh: '一秒内收款成功', en: 'Paid within a second' },
  },
  {
    id: 'password',
    title: { zh: '要输密码，然后付款', en: 'Types a password, then pays' },
    expect: { zh: '先等密码，约 6 秒后收款成功', en: 'Waits for the password, paid after about 6 s' },
  },
  {
    id: 'poor',
    title: { zh: '余额不足', en: 'Balance too low' },
    expect: { zh: '没有收到，换张卡', en: 'Not paid; another card' },
  },
];
