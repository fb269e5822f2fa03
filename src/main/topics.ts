import type { BackupView, ShiftView, StatusView } from '../contract/types.ts';
import type { DeviceStatus } from '../core/device-status.ts';
import type { Drain } from '../core/task.ts';
import type { OpenGateway } from './gateway/open-gateway.ts';
import type { Ledger } from './ledger/open-ledger.ts';
import type { PaperRoll } from './printing/paper-roll.ts';
import { queueView } from './queue/view.ts';
import type { Till } from './sales/till.ts';
import { todaysSales } from './sales/views.ts';
import { shiftView } from './shifts/view.ts';
import type { SystemClock } from './system-clock.ts';
import { createTopic } from './topic.ts';
import { reportsGlance } from './upload/view.ts';

/** What stays as it is while the terminal runs. */
export type AboutTerminal = Pick<
  StatusView,
  'storeName' | 'storeId' | 'terminalId' | 'version' | 'host' | 'gateway' | 'certificateExpiresAt'
>;

export interface TopicParts {
  readonly ledger: Ledger;
  readonly till: Till;
  readonly roll: PaperRoll;
  readonly gateway: Pick<OpenGateway['gateway'], 'line' | 'hosts'>;
  readonly clock: SystemClock;
  readonly drained: () => Drain;
  readonly scanner: () => DeviceStatus;
  readonly printer: () => DeviceStatus;
  readonly backup: () => BackupView;
  readonly shiftMode: ShiftView['mode'];
  readonly about: AboutTerminal;
}

/** Lists and sums are read anew no more often, however fast the queue drains: the scanner has the next turn. */
const LISTS_EVERY_MS = 250;

export type Topics = ReturnType<typeof createTopics>;

/** What screens subscribe to: each view is made anew from the parts when somebody says that it changed. */
export function createTopics({
  ledger,
  till,
  roll,
  gateway,
  clock,
  drained,
  scanner,
  printer,
  backup,
  shiftMode,
  about,
}: TopicParts) {
  const pace = { clock, gapMs: LISTS_EVERY_MS };
  const topics = {
    till: createTopic(till.view),
    sales: createTopic(() => todaysSales(ledger, clock.now()), pace),
    paper: createTopic(roll.view),
    shift: createTopic(() => shiftView(ledger, shiftMode, clock.now()), pace),
    queue: createTopic(() => queueView(ledger, drained()), pace),
    status: createTopic(
      (): StatusView => ({
        ...about,
        line: gateway.line(),
        lineHosts: [...gateway.hosts()],
        scanner: scanner(),
        printer: printer(),
        unsettled: ledger.unsettled(),
        owed: ledger.moneyOwed(),
        backup: backup(),
        ...toVerifyOf(ledger),
        ...reportsGlance(ledger),
        clockDriftMs: Math.round(clock.driftMs()),
      }),
      pace,
    ),
  };
  return {
    ...topics,
    /** The books have changed in some way: everything that is read from them is shown anew. */
    publishBooks(): void {
      for (const topic of [topics.till, topics.sales, topics.status, topics.queue, topics.shift]) topic.publish();
    },
  };
}

function toVerifyOf(ledger: Ledger): Pick<StatusView, 'toVerify'> {
  const { count, amountFen, oldestAt } = ledger.toVerify();
  return oldestAt === undefined ? {} : { toVerify: { count, amountFen, oldestAt } };
}
