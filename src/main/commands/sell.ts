import { createInterface } from 'node:readline';
import type { Notice } from '../../contract/types.ts';
import { advice } from '../../core/advice.ts';
import type { DeviceStatus } from '../../core/device-status.ts';
import { type Fen, parseYuan, SALE_MAX_FEN, showYuan } from '../../core/money.ts';
import { isSettled, type Payment } from '../../core/payment.ts';
import { glance } from '../../core/payment-view.ts';
import { createTerminal, type Terminal } from '../terminal.ts';
import { Trouble } from '../trouble.ts';
import type { TroubleCode } from '../trouble-texts.ts';
import { NOTICE_WORDS } from './notice-words.ts';
import type { Output } from './output.ts';
import { PHASE_WORDS } from './phase-words.ts';

export interface SellOptions {
  readonly dataDir: string;
  /** As people write it: "12.30". */
  readonly amount: string;
  readonly scanner?: string | undefined;
  readonly printer?: string | undefined;
}

type EndState = 'paid' | 'declined' | 'reversed' | 'unknown';

/** A payment that is not certain after this long is left to the next start, and this one ends "unknown". */
const PATIENCE_MS = 180_000;
/** A receipt that the printer does not take holds nobody up: it stays owed. */
const PRINT_PATIENCE_MS = 10_000;

/**
 * `saoma sell`: one sale without a screen. Waits for one scan, follows the payment to certainty, prints the receipt.
 *
 * @returns the exit status: 0 only when paid.
 */
export async function sell(options: SellOptions, output: Output): Promise<number> {
  const amountFen = readAmount(options.amount);
  const scannerReady = Promise.withResolvers<void>();
  const ended = Promise.withResolvers<Payment | undefined>();
  let ours: string | undefined;

  const terminal = await createTerminal({
    ...options,
    host: 'none',
    onScanner: (status) => judgeScanner(status, scannerReady),
    onNotice: (notice) => reportNotice(notice, output),
    onPayment(payment) {
      if (ours === undefined && payment.state === 'submitted') {
        ours = payment.id;
        setTimeout(() => ended.resolve(undefined), PATIENCE_MS).unref();
      }
      // Older payments that are being resolved beside ours tell their own story in the journal.
      if (payment.id !== ours) return;
      report(payment, output);
      if (isSettled(payment) || payment.state === 'attention') ended.resolve(payment);
    },
  });
  const closeStandardInput = scanStandardInput(terminal, output);
  if (terminal.scansByProgram) scannerReady.resolve();
  try {
    await scannerReady.promise;
    terminal.till.ask(amountFen);
    output.emit({ event: 'ready' });
    output.say(`${output.language === 'zh' ? '请扫付款码' : "Scan the customer's code"}  ${showYuan(amountFen)}`);

    const payment = await ended.promise;
    const state = endState(payment);
    if (state === 'paid') await Promise.race([terminal.printed(), patience(PRINT_PATIENCE_MS)]);
    const outTradeNo = ours === undefined ? undefined : terminal.outTradeNo(ours);
    output.emit({ event: 'done', state, outTradeNo, amountFen });
    return state === 'paid' ? 0 : 1;
  } finally {
    closeStandardInput();
    await terminal.close();
  }
}

function readAmount(text: string): Fen {
  const amountFen = parseYuan(text);
  if (amountFen !== undefined && amountFen >= 1 && amountFen <= SALE_MAX_FEN) return amountFen;
  throw new Trouble('AMOUNT_INVALID', JSON.stringify(text));
}

/** Without a screen nobody sees a scanner that is not there: the first word of it decides. */
function judgeScanner(status: DeviceStatus, ready: PromiseWithResolvers<void>): void {
  const code = SCANNER_TROUBLE[status.state];
  if (code) ready.reject(new Trouble(code, `${status.name}: ${status.detail ?? status.state}`));
  else if (status.state === 'ready') ready.resolve();
}

const SCANNER_TROUBLE: Partial<Record<DeviceStatus['state'], TroubleCode>> = {
  missing: 'SCANNER_MISSING',
  busy: 'SCANNER_BUSY',
  denied: 'SCANNER_DENIED',
  faulty: 'SCANNER_FAULTY',
};

/** Without a real scanner the codes are typed, or piped in, one a line. */
function scanStandardInput(terminal: Terminal, output: Output): () => void {
  if (!terminal.scansByProgram) return () => {};
  const lines = createInterface({ input: process.stdin });
  lines.on('line', (line) => {
    const notice = terminal.till.scan(line);
    if (notice) reportNotice(notice, output);
  });
  return () => {
    lines.close();
    process.stdin.destroy();
  };
}

function reportNotice({ code }: Notice, output: Output): void {
  output.emit({ event: 'notice', code });
  output.say(NOTICE_WORDS[code][output.language]);
}

function report(payment: Payment, output: Output): void {
  const { phase, reason } = glance(payment);
  output.emit({ event: 'state', state: payment.state, phase, ...(reason ? { reason: reason.code } : {}) });
  output.say(PHASE_WORDS[phase][output.language]);
  if (reason && isSettled(payment)) {
    const { happened, money, next } = advice(reason.code);
    for (const line of [happened, money, next]) output.say(`  ${line[output.language]}`);
  }
}

function endState(payment: Payment | undefined): EndState {
  switch (payment?.state) {
    case 'paid':
    case 'declined':
    case 'reversed':
      return payment.state;
    default:
      return 'unknown';
  }
}

function patience(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms).unref());
}
