import type { DeviceState } from '../../core/device-status.ts';

/*
 * What an ESC/POS printer says. Its answers carry no names, only bit patterns, and they come mixed: the answer to our
 * marker, the answers to real-time questions, and the four bytes of its automatic status that somebody else turned on.
 */

/** GS r 1. Printers execute it in its turn, so its answer means: everything before it has been processed. */
export const MARKER = Uint8Array.of(0x1d, 0x72, 0x01);
/** DLE EOT 2 and 4: answered at once, even by a printer that has stopped. Why it is off line; and its paper. */
export const ASK_OFFLINE = Uint8Array.of(0x10, 0x04, 0x02);
export const ASK_PAPER = Uint8Array.of(0x10, 0x04, 0x04);

/** What keeps a printer from printing. */
export interface Trouble {
  readonly state: Extract<DeviceState, 'paper-out' | 'cover-open' | 'faulty'>;
  readonly detail: string;
}

export interface PrinterAnswer {
  readonly to: 'marker' | 'question' | 'nothing';
  readonly byte: number;
  readonly trouble?: Trouble;
}

/** Takes bytes as they come, and gives whole answers. */
export function createAnswerReader(): (bytes: Uint8Array) => PrinterAnswer[] {
  let automatic: number[] = [];

  return function readAnswers(bytes) {
    const answers: PrinterAnswer[] = [];
    for (const byte of bytes) {
      if (automatic.length > 0 && (byte & 0x90) === 0) {
        automatic.push(byte);
        if (automatic.length < 4) continue;
        answers.push({ to: 'nothing', byte, ...troubleIf(automaticTrouble(automatic)) });
        automatic = [];
      } else if ((byte & 0x93) === 0x10) {
        automatic = [byte];
      } else if ((byte & 0x93) === 0x12) {
        answers.push({ to: 'question', byte });
      } else if ((byte & 0x90) === 0) {
        answers.push({ to: 'marker', byte, ...troubleIf(byte & 0x0c ? PAPER_OUT : undefined) });
      }
      // Anything else, an XON for one, is none of our business.
    }
    return answers;
  };
}

/** The answer to ASK_OFFLINE. */
export function offlineTrouble(byte: number): Trouble | undefined {
  if (byte & 0x04) return COVER_OPEN;
  if (byte & 0x20) return PAPER_OUT;
  return byte & 0x40 ? BROKEN : undefined;
}

/** The answer to ASK_PAPER. */
export function paperTrouble(byte: number): Trouble | undefined {
  return byte & 0x60 ? PAPER_OUT : undefined;
}

const PAPER_OUT: Trouble = { state: 'paper-out', detail: 'the printer says that it has no paper' };
const COVER_OPEN: Trouble = { state: 'cover-open', detail: 'the printer says that its cover is open' };
const BROKEN: Trouble = { state: 'faulty', detail: 'the printer reports an error: look at its lights' };

function automaticTrouble([first = 0, errors = 0, paper = 0]: readonly number[]): Trouble | undefined {
  if (first & 0x20) return COVER_OPEN;
  if (paper & 0x0c) return PAPER_OUT;
  return errors & 0x6c ? BROKEN : undefined;
}

function troubleIf(trouble: Trouble | undefined): { trouble?: Trouble } {
  return trouble ? { trouble } : {};
}
