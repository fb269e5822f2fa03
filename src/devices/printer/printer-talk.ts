import type { Clock } from '../../core/time.ts';
import type { Link } from '../transport/link.ts';
import {
  ASK_OFFLINE,
  ASK_PAPER,
  createAnswerReader,
  offlineTrouble,
  type PrinterAnswer,
  paperTrouble,
  type Trouble,
} from './printer-answers.ts';

export interface TalkOptions {
  readonly clock: Clock;
  /** The printer complains of itself. It may still recover and finish what it has. */
  readonly onTrouble: (trouble: Trouble) => void;
}

/** A talk with a printer over one link: every wait is bounded, and answers find their questions. */
export interface PrinterTalk {
  /** @throws DeviceFault when the link breaks, or does not take the bytes in time. */
  send(bytes: Uint8Array, withinMs: number): Promise<void>;
  /** The next answer of this kind. What the printer has said before does not count. */
  expect(kind: PrinterAnswer['to']): Promise<PrinterAnswer>;
  /** @throws DeviceFault when the link breaks. */
  within(answer: Promise<PrinterAnswer>, ms: number): Promise<PrinterAnswer | 'silence' | 'hung up'>;
  /** How is it? `silence`: it cannot say. Each of its two answers may take `answerMs`. @throws DeviceFault */
  ask(answerMs: number): Promise<Trouble | 'well' | 'silence'>;
}

export function createPrinterTalk(link: Link, { clock, onTrouble }: TalkOptions): PrinterTalk {
  const read = createAnswerReader();
  const waiting: { [kind in PrinterAnswer['to']]?: (answer: PrinterAnswer) => void } = {};
  link.listen((bytes) => {
    for (const answer of read(bytes)) {
      if (answer.to === 'nothing' && answer.trouble) onTrouble(answer.trouble);
      waiting[answer.to]?.(answer);
    }
  });
  return { send, expect, within, ask };

  async function send(bytes: Uint8Array, withinMs: number): Promise<void> {
    const late = new AbortController();
    const sent = new AbortController();
    void clock.sleep(withinMs, sent.signal).then(() => late.abort());
    try {
      await link.write(bytes, late.signal);
    } finally {
      sent.abort();
    }
  }

  function expect(kind: PrinterAnswer['to']): Promise<PrinterAnswer> {
    return new Promise((resolve) => {
      waiting[kind] = resolve;
    });
  }

  async function within(answer: Promise<PrinterAnswer>, ms: number): Promise<PrinterAnswer | 'silence' | 'hung up'> {
    const done = new AbortController();
    const silence = clock.sleep(ms, done.signal).then(() => 'silence' as const);
    const ended = link.ended.then((fault) => {
      if (fault) throw fault;
      return 'hung up' as const;
    });
    try {
      return await Promise.race([answer, ended, silence]);
    } finally {
      done.abort();
    }
  }

  async function ask(answerMs: number): Promise<Trouble | 'well' | 'silence'> {
    const offline = await question(ASK_OFFLINE, answerMs);
    if (typeof offline === 'string') return 'silence';
    const trouble = offlineTrouble(offline.byte);
    if (trouble) return trouble;
    const paper = await question(ASK_PAPER, answerMs);
    return (typeof paper === 'object' && paperTrouble(paper.byte)) || 'well';
  }

  async function question(bytes: Uint8Array, answerMs: number): Promise<PrinterAnswer | 'silence' | 'hung up'> {
    const answer = expect('question');
    await send(bytes, answerMs);
    return within(answer, answerMs);
  }
}
