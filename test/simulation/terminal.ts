import { monotonicFactory } from 'ulid';
import type { JournalEntry } from '../../src/core/journal.ts';
import type { Payment, Timings } from '../../src/core/payment.ts';
import { DEFAULT_TIMINGS } from '../../src/core/payment.ts';
import type { Shop } from '../../src/core/receipt.ts';
import { DEFAULT_STATIC_LIMITS } from '../../src/core/static-limits.ts';
import { watchClock } from '../../src/main/clock-watch.ts';
import { watchLine } from '../../src/main/gateway/line-watch.ts';
import { createWechatV2Gateway } from '../../src/main/gateway/wechat-v2/client.ts';
import type { Transport } from '../../src/main/gateway/wechat-v2/transport/transport.ts';
import type { LedgerError } from '../../src/main/ledger/errors.ts';
import { type Ledger, openLedger } from '../../src/main/ledger/open-ledger.ts';
import { createLog, faultFields } from '../../src/main/log.ts';
import { createCodeHasher } from '../../src/main/payments/code-hash.ts';
import { createPaymentEngine } from '../../src/main/payments/engine.ts';
import { createOrderOf } from '../../src/main/payments/order.ts';
import { createPrintQueue } from '../../src/main/printing/print-queue.ts';
import { createPacer, DEFAULT_CONCURRENCY, DEFAULT_RATE_PER_SECOND } from '../../src/main/queue/pacer.ts';
import { openRefunds } from '../../src/main/refunds/open-refunds.ts';
import { createStaticLookUps } from '../../src/main/sales/static-look-ups.ts';
import { createTill, type Till } from '../../src/main/sales/till.ts';
import { SAMPLE_MERCHANT } from '../../src/simulator/options.ts';
import type { Chance } from './chance.ts';
import { guardedLedger } from './guarded-ledger.ts';
import { clockOf, type Life } from './life.ts';
import type { Office } from './manager.ts';
import { createPaper, type PaperOptions } from './paper.ts';
import type { Tampering } from './tampering.ts';
import type { VirtualTime } from './virtual-time.ts';
import type { Sky } from './weather.ts';

const GATEWAY = 'simulator';
export const SHOP: Shop = { storeName: '模拟小店', storeId: '0001', terminalId: '01' };

export interface TerminalOptions {
  readonly dataDir: string;
  readonly life: Life;
  readonly time: VirtualTime;
  /** How far the wall clock is ahead of the world's time, right now. */
  readonly wallAheadMs: () => number;
  readonly chance: Chance;
  readonly sky: Sky;
  readonly openLine: (onLine: () => void) => Transport;
  readonly onPaper: PaperOptions['onPaper'];
  /** After each commit, whoever lives to hear of it. */
  readonly onCommit: (entries: readonly JournalEntry[]) => void;
  readonly onPayment: (payment: Payment) => void;
  /** A bug stopped something. */
  readonly onFault: (about: string, error: unknown) => void;
  readonly tampering: Tampering;
}

export interface SimulatedTerminal {
  /** As it is on the disk: what an inspector reads. */
  readonly ledger: Ledger;
  readonly till: Till;
  /** Undefined until it has taken up what the last life left. */
  office(): Office | undefined;
}

/**
 * The terminal as src/main/terminal.ts wires it, of the same parts, over a simulated line, clock and printer.
 *
 * @throws LedgerError while the disk is full; ProcessDeath when it dies as it starts.
 */
export function startTerminal(options: TerminalOptions): SimulatedTerminal {
  const { dataDir, life, time, wallAheadMs, chance, sky, onPayment, tampering } = options;
  const rightClock = clockOf(life, time, wallAheadMs);
  const clock = tampering.clock?.(rightClock) ?? rightClock;
  const log = createLog(dataDir, clock.now);
  const nextUlid = monotonicFactory(chance.next);
  const newId = () => nextUlid(Math.floor(clock.now()));
  const timings: Timings = { ...DEFAULT_TIMINGS, ...tampering.timings };

  /** A death is noticed all over the process, and is no bug. */
  function onFault(about: string, error: unknown): void {
    if (!life.isAlive()) return;
    log('fault', faultFields(error));
    options.onFault(about, error);
  }

  const books = openLedger({ dataDir, storeId: SHOP.storeId, terminalId: SHOP.terminalId, now: clock.now });
  try {
    const guarded = guardedLedger(books, life, sky, options.onCommit);
    const ledger = tampering.ledger?.(guarded, clock) ?? guarded;
    const printer = createPaper({ time, chance, sky, life, onPaper: options.onPaper });
    const around = { ledger, clock, printer, log };
    const line = options.openLine(() => lineWatch.noteChange());
    const rightGateway = createWechatV2Gateway({
      ...SAMPLE_MERCHANT,
      random: (size) => Uint8Array.from({ length: size }, () => chance.between(0, 255)),
      clock,
      transport: tampering.transport?.(line) ?? line,
    });
    const prints = createPrintQueue({
      ledger,
      printer,
      shop: SHOP,
      clock,
      newId,
      onChange: () => {},
      onFault: (error) => onFault('a receipt', error),
    });
    const pacer = createPacer({
      clock,
      ratePerSecond: DEFAULT_RATE_PER_SECOND,
      concurrency: DEFAULT_CONCURRENCY,
      random: chance.next,
    });
    const onLedgerTrouble = (error: LedgerError | undefined) => log('ledger trouble', { code: error?.code ?? 'over' });
    const newTag = () =>
      chance
        .between(0, 36 ** 6 - 1)
        .toString(36)
        .padStart(6, '0');
    const rightEngine = createPaymentEngine({
      ledger,
      gateway: tampering.gateway?.(rightGateway, around) ?? rightGateway,
      clock,
      pacer,
      orderOf: createOrderOf({ store: { id: SHOP.storeId, name: SHOP.storeName }, terminal: { id: SHOP.terminalId } }),
      whenPaid: ({ id, saleId }) => [prints.draft(saleId, id)],
      onChange(payment) {
        if (payment.state === 'paid') prints.start();
        till.settled(payment);
        onPayment(payment);
      },
      onLedgerTrouble,
      onFault: (payment, error) => onFault(payment.outTradeNo, error),
    });
    const engine = tampering.engine?.(rightEngine, around) ?? rightEngine;
    const refunds = openRefunds({
      ledger: tampering.refundLedger?.(ledger) ?? ledger,
      gateway: tampering.refundGateway?.(rightGateway, around) ?? rightGateway,
      gatewayName: GATEWAY,
      clock,
      pacer,
      payments: rightEngine,
      prints,
      newTag,
      onChange: () => {},
      onLedgerTrouble,
      onFault: (refund, error) => onFault(refund.outTradeNo, error),
    });
    const lookUps = createStaticLookUps({
      ledger,
      gateway: rightGateway,
      gatewayName: GATEWAY,
      clock,
      pacer,
      onChange: () => {},
      onOwnOrder: rightEngine.tryNow,
      onFault: (error) => onFault('a look-up', error),
    });
    const till = createTill({
      ledger: tampering.tillLedger?.(ledger) ?? ledger,
      engine,
      hashCode: createCodeHasher(dataDir),
      newId,
      newTag,
      gateway: GATEWAY,
      now: clock.now,
      timings,
      isLineDown: () => line.hosts().every(({ unreachable }) => unreachable),
      onChange() {
        if (!till.isWaitingForScan()) return;
        if (line.line() !== 'offline') void line.warmUp();
        lineWatch.hurry();
      },
      whenCashPaid: (saleId) => [prints.draft(saleId)],
      onCash() {
        prints.start();
        lookUps.start();
      },
      staticLimits: DEFAULT_STATIC_LIMITS,
    });
    const lineWatch = watchLine({
      gateway: line,
      clock,
      isScanAwaited: till.isWaitingForScan,
      onBack() {
        rightEngine.hurry();
        refunds.engine.hurry();
        lookUps.hurry();
      },
    });
    ledger.append({
      kind: 'terminal.started',
      subject: SHOP.terminalId,
      payload: { version: '0', host: 'simulation' },
    });
    engine.resume();
    lookUps.start();
    watchClock({
      clock,
      ledger,
      terminalId: SHOP.terminalId,
      onBelieved() {
        rightEngine.hurry();
        refunds.engine.replan();
        lookUps.hurry();
      },
      onTrouble: (error) => log('clock check', faultFields(error)),
    });
    let isResumed = false;
    const recovered = prints.recover().then(() => {
      refunds.engine.resume();
      isResumed = true;
    });
    recovered.catch((error: unknown) => onFault('the receipts', error));
    const office: Office = { ledger, desk: refunds.desk, refunds: refunds.engine, lookUps };
    return { ledger: books, till, office: () => (isResumed ? office : undefined) };
  } catch (error) {
    books.close();
    throw error;
  }
}
