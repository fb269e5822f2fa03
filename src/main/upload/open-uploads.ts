import type { Decision } from '../../core/payment.ts';
import type { Clock } from '../../core/time.ts';
import type { Upload } from '../../core/upload.ts';
import { uploadBody } from '../../core/upload-body.ts';
import type { Ledger } from '../ledger/open-ledger.ts';
import { faultFields, type Log } from '../log.ts';
import { Trouble } from '../trouble.ts';
import { type Office, openOffice } from './office.ts';
import { createUploadSender, type UploadSender } from './sender.ts';
import type { UploadSettings } from './settings.ts';

export interface UploadsOptions {
  /** Undefined: nothing is reported. */
  readonly settings: UploadSettings | undefined;
  readonly dataDir: string;
  readonly ledger: Ledger;
  readonly storeId: string;
  readonly terminalId: string;
  readonly clock: Clock;
  readonly random: () => number;
  readonly afterSales: () => Promise<void>;
  /** After each change of the books, when it is durable. */
  readonly onChange: () => void;
  readonly log: Log;
}

export type Uploads = ReturnType<typeof openUploads>;

/**
 * Reports to the shop's own back office. Switching them on or off is a row of the journal: what became certain before
 * is never sent. A key that cannot be read stops no sale; what is owed waits until it can.
 */
export function openUploads(options: UploadsOptions) {
  const { ledger, onChange } = options;
  switchTo(options);
  const office = officeOf(options);
  const sender = office && senderFor(office, options);
  if (sender) ledger.whenWritten(sender.wake);

  return {
    start: (): void => sender?.start(),
    hurry: (): void => sender?.hurry(),
    isBusy: (): boolean => sender?.isBusy() ?? false,
    tryNow: (id: string): boolean => sender?.tryNow(id) ?? false,

    /**
     * A manager's word: this one is not sent any more.
     *
     * @returns false when it does not wait for a person.
     * @throws LedgerError when the word could not be written: nothing has changed then.
     */
    giveUp(id: string, decision: Decision): boolean {
      if (ledger.upload(id)?.state !== 'human') return false;
      ledger.append({ kind: 'upload.givenUp', subject: id, payload: { decision } });
      onChange();
      return true;
    },

    async close(): Promise<void> {
      await Promise.all([sender?.stop(), office?.close()]);
    },
  };
}

/** Writes the cursor when reports have been switched on or off since the last run. */
function switchTo({ settings, ledger, terminalId, log }: UploadsOptions): void {
  const isOn = ledger.uploadDesk()?.collecting === true;
  if (settings !== undefined && !isOn) {
    const { host } = new URL(settings.url);
    ledger.append({ kind: 'upload.started', subject: terminalId, payload: { host } });
    log('uploads on: from now on, nothing from before', { host });
  } else if (settings === undefined && isOn) {
    ledger.append({ kind: 'upload.stopped', subject: terminalId, payload: {} });
    log('uploads off', { waiting: ledger.uploadDesk()?.waiting });
  }
}

function officeOf({ settings, dataDir, clock, log }: UploadsOptions): Office | undefined {
  if (settings === undefined) return undefined;
  try {
    return openOffice(settings, dataDir, clock);
  } catch (error) {
    if (!(error instanceof Trouble)) throw error;
    log('uploads wait', { code: error.code, detail: error.detail });
    return undefined;
  }
}

function senderFor(office: Office, options: UploadsOptions): UploadSender {
  const { settings, ledger, storeId, terminalId, clock, random, afterSales, onChange, log } = options;
  const bodyOf = (upload: Upload): string =>
    uploadBody(upload, { storeId, terminalId, sale: ledger.sale(upload.lane), rows: ledger.about(upload.subject) });
  return createUploadSender({
    ledger,
    post: async (upload, stopped) => office.post({ id: upload.id, body: bodyOf(upload) }, stopped),
    clock,
    random,
    ratePerSecond: settings?.ratePerSecond ?? 1,
    afterSales,
    onChange,
    onOffice: (trouble) => log('back office', { host: office.name, state: trouble ?? 'well' }),
    onFault: (error) => log('upload fault', faultFields(error)),
  });
}
