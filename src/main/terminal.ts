import { setImmediate } from 'node:timers/promises';
import type { Router } from '@orpc/server';
import { monotonicFactory } from 'ulid';
import type { Contract } from '../contract/index.ts';
import type { Notice, QueueView, StatusView } from '../contract/types.ts';
import type { DeviceStatus } from '../core/device-status.ts';
import type { MoneyOwed } from '../core/leaving.ts';
import type { Payment } from '../core/payment.ts';
import type { Shop } from '../core/receipt.ts';
import { openPrinter } from '../devices/printer/open-printer.ts';
import { openScanner } from '../devices/scanner/open-scanner.ts';
import type { BackupState } from './backup/backups.ts';
import { openBackups } from './backup/open-backups.ts';
import { type Cleanup, createCleanup } from './cleanup.ts';
import { watchClock } from './clock-watch.ts';
import { loadConfig } from './config/config.ts';
import { watchLine } from './gateway/line-watch.ts';
import { openNotifications } from './gateway/notifications.ts';
import { nameOfGateway, openGateway } from './gateway/open-gateway.ts';
import type { LedgerError } from './ledger/errors.ts';
import { openLedger } from './ledger/open-ledger.ts';
import { createLog, faultFields } from './log.ts';
import { createCodeHasher } from './payments/code-hash.ts';
import { createPaymentEngine } from './payments/engine.ts';
import { newTag } from './payments/new-tag.ts';
import { createOrderOf } from './payments/order.ts';
import { refuseStrangers } from './payments/refuse-strangers.ts';
import { createPaperRoll } from './printing/paper-roll.ts';
import { createPrintQueue } from './printing/print-queue.ts';
import { createReceipts } from './printing/receipts.ts';
import { followDrain } from './queue/follow-drain.ts';
import { createQueueActions } from './queue/kinds.ts';
import { createPacer } from './queue/pacer.ts';
import { queueView } from './queue/view.ts';
import { openRefunds } from './refunds/open-refunds.ts';
import { createRouter } from './router.ts';
import { createStaticLookUps } from './sales/static-look-ups.ts';
import { createTill, type Till } from './sales/till.ts';
import { openShifts } from './shifts/open-shifts.ts';
import { createSystemClock } from './system-clock.ts';
import { createTopics } from './topics.ts';
import { VERSION } from './version.ts';

/** The contract, implemented: what either host serves to its screens. */
export type TerminalRouter = Router<Contract, Record<never, never>>;

export interface TerminalOptions {
  /** Everything this terminal keeps: ledger, settings, log, simulator. */
  readonly dataDir: string;
  readonly host: StatusView['host'];
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** The command line's word, over that of the settings. */
  readonly scanner?: string | undefined;
  readonly printer?: string | undefined;
  /** Each change of each payment, when it is durable. */
  readonly onPayment?: (payment: Payment) => void;
  readonly onScanner?: (status: DeviceStatus) => void;
  /** A scan of the device that did nothing, and why. Screens see it in the till's view. */
  readonly onNotice?: (notice: Notice) => void;
}

export interface Terminal {
  readonly router: TerminalRouter;
  readonly till: Till;
  /** No device scans here: codes come from a screen, or from whoever holds `till`. */
  readonly scansByProgram: boolean;
  outTradeNo(paymentId: string): string | undefined;
  /** What is not settled right now, of whatever kind, for a host that is asked to close. */
  unsettled(): MoneyOwed;
  /** Whatever is still owed, as screens see it. */
  queue(): QueueView;
  /** Where the backups stand. */
  backup(): BackupState;
  /** Takes a backup at once, such as when a shift closes. Never rejects, and no sale waits for it. */
  backupNow(): Promise<BackupState>;
  /** Resolves when no receipt is owed any more. */
  printed(): Promise<void>;
  close(): Promise<void>;
}

/**
 * The one terminal, whatever host shows it: opens the books, resolves what the last run left open, and only then lets
 * a scanner speak.
 *
 * @throws Trouble or LedgerError when it cannot start; nothing is left open then.
 */
export async function createTerminal(options: TerminalOptions): Promise<Terminal> {
  const cleanup = createCleanup();
  try {
    return await open(options, cleanup);
  } catch (error) {
    await cleanup.run();
    throw error;
  }
}

async function open(options: TerminalOptions, cleanup: Cleanup): Promise<Terminal> {
  const { dataDir, host, env = process.env } = options;
  const config = loadConfig(dataDir, env, options);
  const clock = createSystemClock();
  const newId = monotonicFactory();
  const log = createLog(dataDir, clock.now);

  const { store, terminal } = config;
  const ledger = openLedger({ dataDir, storeId: store.id, terminalId: terminal.id, now: clock.now });
  cleanup.add(() => ledger.close());
  // When all else is closed: this is what the next start will find.
  cleanup.add(() => {
    const { count, amountFen } = ledger.moneyOwed();
    log('closed', { unsettled: count, amountFen });
  });
  const gatewayName = nameOfGateway(config);
  refuseStrangers([...ledger.paymentsOwed(), ...ledger.refundsOpen()], gatewayName);

  const { gateway, simulator, certificateExpiresAt } = await openGateway({
    config,
    dataDir,
    clock,
    onWire: () => topics.status.publish(),
    onLine() {
      lineWatch.noteChange();
      topics.status.publish();
    },
  });
  if (simulator) cleanup.add(() => simulator.close());

  const shop: Shop = { storeName: store.name, storeId: store.id, terminalId: terminal.id };
  const columns = config.paperWidthMm === 58 ? 32 : 48;
  const roll = createPaperRoll({ onChange: () => topics.paper.publish() });
  const printer = openPrinter(config.printer ?? (simulator ? 'virtual' : 'none'), {
    columns,
    clock,
    onStatus: () => topics.status.publish(),
    onSheet: roll.add,
  });
  cleanup.add(() => printer.close());

  const prints = createPrintQueue({
    ledger,
    printer,
    shop,
    clock,
    newId,
    onChange() {
      topics.sales.publish();
      topics.queue.publish();
    },
    onFault: (error) => log('print fault', faultFields(error)),
  });
  cleanup.add(() => prints.stop());

  const pacer = createPacer({ clock, ...config.queue, random: Math.random, yieldTurn: setImmediate });
  const onLedgerTrouble = (error: LedgerError | undefined): void => {
    log('ledger trouble', { code: error?.code ?? 'over' });
    if (error) till.notify('LEDGER_UNWRITABLE', error.detail);
  };
  const engine = createPaymentEngine({
    ledger,
    gateway,
    clock,
    pacer,
    orderOf: createOrderOf(config),
    whenPaid: ({ id, saleId }) => prints.receiptDrafts(saleId, id),
    onChange(payment) {
      drain.saw(payment);
      if (payment.state === 'paid') prints.start();
      till.settled(payment);
      topics.publishBooks();
      options.onPayment?.(payment);
    },
    onLedgerTrouble,
    onFault: (payment, error) => log('payment fault', { paymentId: payment.id, ...faultFields(error) }),
  });
  const refunds = openRefunds({
    ...{ ledger, gateway, gatewayName, clock, pacer, prints, newTag, payments: engine, onLedgerTrouble },
    onChange: () => topics.publishBooks(),
    onFault: (refund, error) => log('refund fault', { refundId: refund.id, ...faultFields(error) }),
  });
  cleanup.add(async () => {
    // The calls under way are cut short: what they would have said is asked for at the next start.
    await Promise.all([engine.stop(), refunds.engine.stop(), lookUps.stop(), gateway.close()]);
  });

  const lookUps = createStaticLookUps({
    ledger,
    gateway,
    gatewayName,
    clock,
    pacer,
    onChange: () => topics.publishBooks(),
    onOwnOrder: engine.tryNow,
    onFault: (error) => log('look-up fault', faultFields(error)),
  });
  cleanup.add(async () => {
    // The calls under way are cut short: what they would have said is asked for at the next start.
    await Promise.all([engine.stop(), lookUps.stop(), gateway.close()]);
  });

  const till = createTill({
    ledger,
    engine,
    hashCode: createCodeHasher(dataDir),
    newId,
    newTag,
    gateway: gatewayName,
    // Calls that went unanswered are no reason to refuse: only that nobody can be reached at all.
    isLineDown: () => gateway.hosts().every(({ unreachable }) => unreachable),
    now: clock.now,
    timings: config.timings,
    whenCashPaid: prints.receiptDrafts,
    onCash() {
      prints.start();
      lookUps.start();
      topics.publishBooks();
    },
    staticLimits: config.toVerify,
    onChange() {
      if (till.isWaitingForScan()) connectAhead();
      topics.till.publish();
    },
  });

  const lineWatch = watchLine({
    gateway,
    clock,
    isScanAwaited: () => till.isWaitingForScan(),
    onBack() {
      engine.hurry();
      refunds.engine.hurry();
      lookUps.hurry();
    },
  });
  cleanup.add(() => lineWatch.stop());

  const drain = followDrain();
  const topics = createTopics({
    ledger,
    till,
    roll,
    gateway,
    clock,
    drained: drain.now,
    scanner: () => scanner.status(),
    printer: printer.status,
    backup: () => backups.view(),
    shiftMode: config.shifts,
    about: { ...shop, version: VERSION, host, gateway: simulator ? 'simulator' : 'wechat', certificateExpiresAt },
  });

  /** While the customer takes out the phone: the sale then finds the TLS handshake done, and the line's state known. */
  function connectAhead(): void {
    if (gateway.line() !== 'offline') void gateway.warmUp();
    lineWatch.hurry();
  }

  ledger.append({ kind: 'terminal.started', subject: shop.terminalId, payload: { version: VERSION, host } });
  engine.resume();
  lookUps.start();
  await prints.recover();
  // Only now: a refund's paper starts the printer, and what was half printed must have been set aside by then.
  refunds.engine.resume();
  connectAhead();

  const scannerTarget = config.scanner ?? (simulator ? 'virtual' : 'none');
  const scanner = openScanner(scannerTarget, {
    clock,
    onScan(text) {
      const notice = till.scan(text);
      if (notice) options.onNotice?.(notice);
    },
    onStatus(changed) {
      log('scanner', { ...changed });
      topics.status.publish();
      options.onScanner?.(changed);
    },
  });
  cleanup.add(() => scanner.close());

  const notifications = await openNotifications({
    settings: config.notifications,
    gateway,
    ledger,
    hurry: { payment: engine.tryNow },
    log,
  });
  cleanup.add(() => notifications.close());

  const backups = openBackups({
    config,
    dataDir,
    clock,
    onChange({ word, lastError }) {
      log('backup', { word, ...lastError });
      topics.status.publish();
    },
  });
  cleanup.add(() => backups.stop());

  const shifts = openShifts({ ledger, config, newId, prints, topic: topics.shift, onClosed: backups.now });

  cleanup.add(
    watchClock({
      clock,
      ledger,
      terminalId: shop.terminalId,
      onBelieved() {
        // The next look at what waits for a person may have been planned for hours from now.
        engine.hurry();
        refunds.engine.retime();
        lookUps.hurry();
        topics.publishBooks();
      },
      onTrouble: (error) => log('clock check', faultFields(error)),
    }),
  );

  const router = createRouter({
    ledger,
    till,
    receipts: createReceipts({ ledger, prints, shop, columns }),
    queue: createQueueActions(ledger, {
      resolve: engine,
      refund: refunds.engine,
      print: { tryNow: prints.tryNow },
      verify: { tryNow: lookUps.tryNow, giveUp: lookUps.disprove },
    }),
    refunds: refunds.desk,
    shifts,
    backups,
    lookUps,
    topics,
    simulator,
    now: clock.now,
  });
  return {
    router,
    till,
    scansByProgram: scannerTarget === 'virtual' || scannerTarget === 'none',
    outTradeNo: (paymentId) => ledger.payment(paymentId)?.outTradeNo,
    unsettled: ledger.moneyOwed,
    queue: () => queueView(ledger, drain.now()),
    backup: backups.state,
    backupNow: backups.now,
    printed: prints.idle,
    close: cleanup.run,
  };
}
