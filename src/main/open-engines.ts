import { setImmediate } from 'node:timers/promises';
import type { Payment } from '../core/payment.ts';
import type { Clock } from '../core/time.ts';
import type { Config } from './config/config.ts';
import type { OpenGateway } from './gateway/open-gateway.ts';
import type { LedgerError } from './ledger/errors.ts';
import type { Ledger } from './ledger/open-ledger.ts';
import { faultFields, type Log } from './log.ts';
import { createPaymentEngine } from './payments/engine.ts';
import { createNativeCalls } from './payments/native-calls.ts';
import { newTag } from './payments/new-tag.ts';
import { createOrderOf } from './payments/order.ts';
import type { PrintQueue } from './printing/print-queue.ts';
import { createQueueActions } from './queue/kinds.ts';
import { createPacer } from './queue/pacer.ts';
import { openRefunds } from './refunds/open-refunds.ts';
import { createStaticLookUps } from './sales/static-look-ups.ts';
import { openUploads } from './upload/open-uploads.ts';

export interface EnginesOptions {
  readonly config: Config;
  readonly dataDir: string;
  readonly ledger: Ledger;
  readonly gateway: OpenGateway['gateway'];
  readonly gatewayName: string;
  readonly clock: Clock;
  readonly prints: Pick<PrintQueue, 'receiptDrafts' | 'refundDrafts' | 'start' | 'tryNow'>;
  readonly log: Log;
  /** Each change of each payment, when it is durable. */
  readonly onPayment: (payment: Payment) => void;
  /** Anything else in the books has changed, durably. */
  readonly onBooks: () => void;
  /** A report to the back office has moved, durably. */
  readonly onReports: () => void;
  /** The books cannot be written; undefined: they can again. */
  readonly onLedgerTrouble: (error: LedgerError | undefined) => void;
}

/** Whatever asks the gateway about money, behind one pacer, and what tells the back office of it, behind their calls. */
export function openEngines(options: EnginesOptions) {
  const { config, ledger, gateway, gatewayName, clock, prints, log, onPayment, onBooks, onLedgerTrouble } = options;
  const pacer = createPacer({ clock, ...config.queue, random: Math.random, yieldTurn: setImmediate });

  const payments = createPaymentEngine({
    ledger,
    gateway,
    native: createNativeCalls(gateway, config.qr.notifyUrl),
    clock,
    pacer,
    orderOf: createOrderOf(config),
    whenPaid: ({ id, saleId }) => prints.receiptDrafts(saleId, id),
    onChange: onPayment,
    onLedgerTrouble,
    onFault: (payment, error) => log('payment fault', { paymentId: payment.id, ...faultFields(error) }),
  });
  const refunds = openRefunds({
    ...{ ledger, gateway, gatewayName, clock, pacer, prints, newTag, payments, onLedgerTrouble },
    onChange: onBooks,
    onFault: (refund, error) => log('refund fault', { refundId: refund.id, ...faultFields(error) }),
  });
  const lookUps = createStaticLookUps({
    ...{ ledger, gateway, gatewayName, clock, pacer },
    onChange: onBooks,
    onOwnOrder: payments.tryNow,
    onFault: (error) => log('look-up fault', faultFields(error)),
  });

  const uploads = openUploads({
    ...{ ledger, clock, log, random: Math.random, afterSales: pacer.afterSales },
    settings: config.upload,
    dataDir: options.dataDir,
    storeId: config.store.id,
    terminalId: config.terminal.id,
    onChange: options.onReports,
  });

  return {
    payments,
    refunds,
    lookUps,
    uploads,
    /** What a person can ask for each kind of task. */
    queue: createQueueActions(ledger, {
      resolve: payments,
      refund: refunds.engine,
      print: { tryNow: prints.tryNow },
      verify: { tryNow: lookUps.tryNow, giveUp: lookUps.disprove },
      upload: uploads,
    }),
    /** The line is back: whatever could not be asked waits no longer. */
    hurry(): void {
      payments.hurry();
      refunds.engine.hurry();
      lookUps.hurry();
      uploads.hurry();
    },
    /** The calls under way are cut short: what they would have said is asked for at the next start. */
    async stop(): Promise<void> {
      await Promise.all([payments.stop(), refunds.engine.stop(), lookUps.stop(), uploads.close(), gateway.close()]);
    },
  };
}
