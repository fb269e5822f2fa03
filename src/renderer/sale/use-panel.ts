import type { ConnectionState } from '../connection/connection.ts';
import { useLanguage, useMessages } from '../i18n/messages.ts';
import { useLive } from '../live/use-live.ts';
import { useTill } from '../till-context.ts';
import { type Actions, actionsFor } from './actions.ts';
import { noticeText } from './notice-text.ts';
import { type PanelContent, panelContent, silentContent } from './panel-content.ts';

export interface Panel {
  readonly content: PanelContent;
  readonly actions: Actions;
  /** Said for a moment: what a scan was, or why a key did nothing. */
  readonly said?: string;
  /** The wait that is being counted down, and its end on this window's monotonic clock (ms). */
  readonly wait?: { readonly id: string; readonly until: number };
}

/** The sale as this window knows it, in words and actions. */
export function usePanel(): Panel {
  const { feed, desk: control } = useTill();
  const language = useLanguage();
  const words = useMessages();
  const connection = useLive(feed.connection);
  const received = useLive(feed.till);
  const desk = useLive(control.desk);
  const notice = useLive(control.notice);

  const content = received && panelContent(desk, received.view, language);
  if (received === undefined || content === undefined || connection.status !== 'online') {
    return { content: silentContent(silence(connection), content, language), actions: {} };
  }
  const said = notice ? noticeText(notice, words) : desk.hint && words.hint[desk.hint];
  const { msLeft, state } = content;
  return {
    content,
    actions: actionsFor(desk, received.view),
    ...(said === undefined ? {} : { said }),
    ...(msLeft === undefined
      ? {}
      : { wait: { id: `${received.view.payment?.id} ${state}`, until: received.at + msLeft } }),
  };
}

/** Online without a first view is still connecting. */
function silence({ status }: ConnectionState): 'connecting' | 'lost' {
  return status === 'lost' ? 'lost' : 'connecting';
}
