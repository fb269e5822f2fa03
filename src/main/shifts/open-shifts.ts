import type { ShiftView } from '../../contract/types.ts';
import type { Config } from '../config/config.ts';
import type { Ledger } from '../ledger/open-ledger.ts';
import type { PrintQueue } from '../printing/print-queue.ts';
import type { Topic } from '../topic.ts';
import type { ShiftParts } from './routes.ts';
import { createShifts } from './shifts.ts';

export interface OpenShiftsOptions {
  readonly ledger: Ledger;
  readonly config: Pick<Config, 'shifts'>;
  readonly newId: () => string;
  readonly prints: Pick<PrintQueue, 'reportDrafts' | 'start'>;
  readonly topic: Topic<ShiftView>;
  /** A shift has ended, durably: the moment for a backup. */
  readonly onClosed: () => unknown;
}

/** The shifts of a till that is open, as its settings have them. */
export function openShifts({ ledger, config, newId, prints, topic, onClosed }: OpenShiftsOptions): ShiftParts {
  const { reportDrafts } = prints;
  const onChange = () => {
    topic.publish();
    prints.start();
  };
  return { mode: config.shifts, shifts: createShifts({ ledger, newId, reportDrafts, onChange, onClosed }), topic };
}
