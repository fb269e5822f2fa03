import { isDefinedError } from '@orpc/client';
import type { Notice, NoticeCode } from '../../contract/types.ts';
import type { Secret } from '../../core/secret.ts';
import type { TerminalClient } from '../connection/connection.ts';
import { createCell, type Live } from '../live/cell.ts';
import type { TerminalFeed } from '../live/terminal-feed.ts';
import {
  afterFailure,
  afterNews,
  CANCEL_ARMED_MS,
  type Desk,
  disarm,
  EMPTY_DESK,
  type Move,
  type Order,
  pressKey,
} from './desk.ts';
import type { DeskKey } from './desk-keys.ts';

/** Something that is said for a moment and changes nothing. The last ones are this window's own. */
export interface ShownNotice {
  readonly code: NoticeCode | 'IME' | 'NOT_DELIVERED' | 'PROVEN' | 'QR_PRINTING' | 'QR_NOT_PRINTED';
  readonly detail?: string | undefined;
}

export interface DeskControl {
  readonly desk: Live<Desk>;
  readonly notice: Live<ShownNotice | undefined>;
  press(key: DeskKey): void;
  scan(text: Secret): void;
  tell(notice: ShownNotice): void;
  close(): void;
}

const NOTICE_MS = 6_000;

/** Carries what the desk decides to the terminal, one order after the other, and the terminal's news to the desk. */
export function openDesk(client: TerminalClient, feed: TerminalFeed, now: () => number): DeskControl {
  const desk = createCell<Desk>(EMPTY_DESK);
  const notice = createCell<ShownNotice | undefined>(undefined);
  let known = feed.till.get()?.view;
  let noticedAt: number | undefined;
  let calmTimer: ReturnType<typeof setTimeout> | undefined;
  let noticeTimer: ReturnType<typeof setTimeout> | undefined;
  let orders: Promise<void> = Promise.resolve();

  const unsubscribe = feed.till.subscribe(() => {
    const view = feed.till.get()?.view;
    if (view === undefined) return;
    desk.set(afterNews(desk.get(), known, view));
    // What was noticed before this window opened is no news.
    if (known === undefined) noticedAt = view.notice?.at;
    else if (view.notice !== undefined) hear(view.notice);
    known = view;
  });

  return {
    desk,
    notice,
    press(key) {
      if (known === undefined || feed.connection.get().status !== 'online') return;
      move(pressKey(desk.get(), known, key, now()));
      notice.set(undefined);
    },
    scan: (text) => send({ type: 'scan', text, source: 'wedge' }),
    tell,
    close() {
      unsubscribe();
      clearTimeout(calmTimer);
      clearTimeout(noticeTimer);
    },
  };

  function move({ desk: next, order }: Move): void {
    desk.set(next);
    clearTimeout(calmTimer);
    if (next.hint !== undefined || next.armedAt !== undefined) {
      calmTimer = setTimeout(() => desk.set(disarm(desk.get())), CANCEL_ARMED_MS);
    }
    if (order !== undefined) send(order);
  }

  function send(order: Order): void {
    orders = orders
      .then(() => carry(order))
      .catch((error: unknown) => {
        desk.set(afterFailure(desk.get()));
        tell({ code: isDefinedError(error) ? 'PAYMENT_UNRESOLVED' : 'NOT_DELIVERED' });
      });
  }

  async function carry(order: Order): Promise<void> {
    switch (order.type) {
      case 'ask':
        await client.till.ask({ amountFen: order.amountFen });
        return;
      case 'scan': {
        const heard = await client.till.scan({ text: order.text.reveal(), source: order.source });
        if (heard.notice !== undefined) hear(heard.notice);
        return;
      }
      case 'cash': {
        const { amountFen, tenderedFen } = order;
        const heard = await client.till.takeCash({ amountFen, tenderedFen });
        if (heard.notice !== undefined) hear(heard.notice);
        return;
      }
      case 'offer': {
        const heard = await client.qr.offer({ amountFen: order.amountFen });
        if (heard.notice !== undefined) hear(heard.notice);
        return;
      }
      case 'printQr':
        tell({ code: (await client.qr.print()).printing ? 'QR_PRINTING' : 'QR_NOT_PRINTED' });
        return;
      default:
        await client.till[order.type]();
    }
  }

  /** The same notice comes with the answer and with the till's next view: it is said once. */
  function hear({ at, code, detail }: Notice): void {
    if (at === noticedAt) return;
    noticedAt = at;
    tell({ code, detail });
  }

  function tell(said: ShownNotice): void {
    notice.set(said);
    clearTimeout(noticeTimer);
    noticeTimer = setTimeout(() => notice.set(undefined), NOTICE_MS);
  }
}
