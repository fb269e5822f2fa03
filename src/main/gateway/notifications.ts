import { codeOf } from '../../core/caught.ts';
import type { Ledger } from '../ledger/open-ledger.ts';
import type { Log } from '../log.ts';
import type { Heard, KnownOrders, NotificationEvent, Refusal } from './wechat-v2/notifications/notification.ts';
import { type NotificationServer, serveNotifications } from './wechat-v2/notifications/serve.ts';

export interface NotificationParts {
  /** Where to listen; undefined: nowhere. */
  readonly settings: { readonly port: number; readonly host: string } | undefined;
  readonly gateway: { hear(body: Uint8Array, known: KnownOrders): Heard };
  readonly ledger: Pick<Ledger, 'paymentByNumber' | 'staticByOrder' | 'refundByNumber'>;
  /** Asks now how it stands, instead of when it is due; does nothing where nothing is owed. */
  readonly hurry: {
    payment(paymentId: string): void;
    refund(refundId: string): void;
  };
  readonly log: Log;
}

/** So many notifications are known again when they come again: far more than are under way at one till. */
const NEWS_REMEMBERED = 1_000;
/** Refusals of one kind to a line of the log. */
const REFUSALS_A_LINE = 100;

/**
 * Listens to what the gateway tells of its own accord, and believes none of it: news of an order only hurries the
 * question how it stands. Where it cannot listen, the till works as it does without: it asks when that is due.
 */
export async function openNotifications(parts: NotificationParts): Promise<Pick<NotificationServer, 'close'>> {
  const { settings, gateway, ledger, log } = parts;
  if (settings === undefined) return { close: () => Promise.resolve() };
  const once = createNewsMemory();
  const logRefusal = createRefusalLog(log);
  const known: KnownOrders = {
    amountOf: (number) => (ledger.paymentByNumber(number) ?? ledger.staticByOrder(number))?.amountFen,
  };
  try {
    const server = await serveNotifications({
      ...settings,
      hear: (body) => gateway.hear(body, known),
      onHeard(heard) {
        if ('refusal' in heard) logRefusal(heard.refusal);
        else once(heard.event, (event) => hurry(event, parts));
      },
    });
    log('notifications', { port: server.port });
    return server;
  } catch (error) {
    log('notifications not heard', { code: codeOf(error), port: settings.port });
    return { close: () => Promise.resolve() };
  }
}

function hurry(event: NotificationEvent, { ledger, hurry: now, log }: NotificationParts): void {
  const { kind, outTradeNo } = event;
  log('notified', { kind, outTradeNo });
  if (kind === 'refund') {
    const refund = ledger.refundByNumber(event.refund.outRefundNo);
    if (refund) now.refund(refund.id);
  } else {
    const payment = ledger.paymentByNumber(outTradeNo);
    if (payment) now.payment(payment.id);
  }
}

/**
 * Acts on what was not heard before. The same again is confirmed and does nothing more: else whoever has caught one
 * genuine notification could make the till ask without end. What could not be acted on was not heard.
 */
function createNewsMemory() {
  const heard = new Set<string>();
  return (event: NotificationEvent, act: (event: NotificationEvent) => void): void => {
    const name = JSON.stringify(event);
    if (heard.has(name)) return;
    act(event);
    heard.add(name);
    const [oldest] = heard;
    if (heard.size > NEWS_REMEMBERED && oldest !== undefined) heard.delete(oldest);
  };
}

/** Whoever reaches the port can be refused as often as they like; the log takes one line in a hundred of each kind. */
function createRefusalLog(log: Log): (refusal: Refusal) => void {
  const counts = new Map<string, number>();
  return (refusal) => {
    const count = counts.get(refusal.code) ?? 0;
    counts.set(refusal.code, count + 1);
    if (count % REFUSALS_A_LINE === 0) log('notification refused', { ...refusal, count: count + 1 });
  };
}
