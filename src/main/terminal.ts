import type { Router } from '@orpc/server';
import { monotonicFactory } from 'ulid';
import type { Contract } from '../contract/index.ts';
import type { Notice, QueueView, StatusView } from '../contract/types.ts';
import type { DeviceStatus } from '../core/device-status.ts';
import type { MoneyOwed } from '../core/leaving.ts';
import type { Payment } from '../core/payment.ts';
import type { Shop } from '../core/receipt.ts';
import type { BackupState } from './backup/backups.ts';
import { openBackups } from './backup/open-backups.ts';
import { type Cleanup, createCleanup } from './cleanup.ts';
import { watchClock } from './clock-watch.ts';
import { loadConfig } from './config/config.ts';
import { watchLine } from './gateway/line-watch.ts';
import { openNotifications } from './gateway/notifications.ts';
import { nameOfGateway, openGateway } from './gateway/open-gateway.ts';
import { openLedger } from './ledger/open-ledger.ts';
import { createLog, faultFields } from './log.ts';
import { openPaper, openScans } from './open-devices.ts';
import { openEngines } from './open-engines.ts';
import { createCodeHasher } from './payments/code-hash.ts';
import { newTag } from './payments/new-tag.ts';
import { refuseStrangers } from './payments/refuse-strangers.ts';
import { createPrintQr } from './printing/pay-slip.ts';
import { createPrintQueue } from './printing/print-queue.ts';
import { createReceipts } from './printing/receipts.ts';
import { followDrain } from './queue/follow-drain.ts';
import { queueView } from './queue/view.ts';
import { createRouter } from './router.ts';
import { createOrderLookUps } from './sales/order-look-ups.ts';
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
  /** Whether a report goes to the back office right now; what waits for a later try does not count. */
  isUploading(): boolean;
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
  const devices = { config, isSimulated: simulator !== undefined, clock };
  const { printer, roll, columns } = openPaper({
    ...devices,
    onStatus: () => topics.status.publish(),
    onSheet: () => topics.paper.publish(),
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

  const engines = openEngines({
    ...{ config, dataDir, ledger, gateway, gatewayName, clock, prints, log },
    onPayment(payment) {
      drain.saw(payment);
      if (payment.state === 'paid') prints.start();
      till.settled(payment);
      topics.publishBooks();
      options.onPayment?.(payment);
    },
    onBooks: () => topics.publishBooks(),
    onReports() {
      topics.queue.publish();
      topics.status.publish();
    },
    onLedgerTrouble(error) {
      log('ledger trouble', { code: error?.code ?? 'over' });
      if (error) till.notify('LEDGER_UNWRITABLE', error.detail);
    },
  });
  cleanup.add(engines.stop);
  const { payments: engine, refunds, lookUps } = engines;

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
    qrTimings: { ...config.timings, giveUpMs: config.qr.showMs, reverseNotBeforeMs: config.qr.closeNotBeforeMs },
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
    onBack: engines.hurry,
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
  // When a look was due by the clock of the last run says nothing if that one was wrong, or this one is.
  lookUps.hurry();
  engines.uploads.start();
  await prints.recover();
  // Only now: a refund's paper starts the printer, and what was half printed must have been set aside by then.
  refunds.engine.resume();
  connectAhead();

  const { scanner, scansByProgram } = openScans({
    ...devices,
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
    hurry: { payment: engine.tryNow, refund: refunds.engine.lookNow },
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
        // The next look at whatever waits for a person may have been planned for hours from now.
        engine.hurry();
        refunds.engine.replan();
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
    printQr: createPrintQr({ ledger, prints, shop, offered: () => till.offeredOrder() }),
    queue: engines.queue,
    refunds: refunds.desk,
    shifts,
    backups,
    lookUps,
    orderLookUps: createOrderLookUps({ ledger, gateway, gatewayName, onOpenOrder: engine.tryNow }),
    topics,
    simulator,
    now: clock.now,
  });
  return {
    router,
    till,
    scansByProgram,
    outTradeNo: (paymentId) => ledger.payment(paymentId)?.outTradeNo,
    unsettled: ledger.moneyOwed,
    queue: () => queueView(ledger, drain.now()),
    isUploading: engines.uploads.isBusy,
    backup: backups.state,
    backupNow: backups.now,
    printed: prints.idle,
    close: cleanup.run,
  };
}
