import type { SimulatorCallInput } from '../../contract/simulator-calls.ts';
import type { OrderView, SimulatorView } from '../../contract/simulator-view.ts';
import { showYuan } from '../../core/money.ts';
import { beijingTime } from '../../core/time.ts';
import styles from './page.module.css';
import type { Role } from './play-panel.tsx';
import rows from './rows.module.css';
import type { SimulatorClient } from './simulator-client.ts';
import { useStateNames, useWords, type Words } from './words.ts';

interface OrdersPanelProps {
  readonly simulator: SimulatorClient;
  readonly view: SimulatorView;
  readonly role: Role;
}

/** Every order as it stands, and the customer's buttons where a customer is waited for. */
export function OrdersPanel({ simulator, view, role }: OrdersPanelProps) {
  const words = useWords();
  return (
    <section className={styles.panel}>
      <h2>{words.orders}</h2>
      {view.orders.length === 0 ? <p className={styles.quiet}>{words.noOrders}</p> : null}
      <ol>
        {view.orders.map((order) => (
          <OrderRow key={order.outTradeNo} simulator={simulator} view={view} role={role} order={order} />
        ))}
      </ol>
    </section>
  );
}

interface OrderRowProps extends OrdersPanelProps {
  readonly order: OrderView;
}

function OrderRow({ order, ...panel }: OrderRowProps) {
  const words = useWords();
  const names = useStateNames();
  const { outTradeNo, state, amountFen, openedAt, payer, body } = order;
  const isPaid = state === 'SUCCESS' || state === 'REFUND';
  return (
    <li className={rows.order} data-order={outTradeNo} data-state={state}>
      <time>{clockTime(openedAt)}</time>
      <span className={rows.number}>
        {outTradeNo}
        <small>
          {order.tradeType} · {body}
        </small>
      </span>
      <strong className={rows.state}>
        {names.order[state]}
        {order.failedWith && <small>{order.failedWith}</small>}
      </strong>
      <span className={rows.payer}>
        {(isPaid || order.atPasswordBox) && (payer ?? words.passerBy)}
        {order.refundedFen > 0 && (
          <small>
            {words.refunded} {showYuan(order.refundedFen)}
          </small>
        )}
      </span>
      <span className={rows.money}>{showYuan(amountFen)}</span>
      <Deeds order={order} {...panel} />
    </li>
  );
}

/** What the trainer can do as the customer of this order; nothing when nobody is waited for. */
function Deeds({ simulator, view, role, order }: OrderRowProps) {
  const words = useWords();
  const { outTradeNo, atPasswordBox, payableUntil } = order;
  if (atPasswordBox) {
    const tell = (mind: SimulatorCallInput<'tell-customer'>['mind']) => () =>
      simulator.call('tell-customer', { outTradeNo, mind });
    return (
      <div className={rows.deeds}>
        <span>{intention(atPasswordBox, view.now, words)}</span>
        <button type="button" className={styles.primary} onClick={tell('pays')}>
          {words.payNow}
        </button>
        <button type="button" onClick={tell('pays-late')}>
          {words.payLate}
        </button>
        <button type="button" onClick={tell('cancels')}>
          {words.cancel}
        </button>
        <button type="button" onClick={tell('leaves')}>
          {words.leave}
        </button>
      </div>
    );
  }
  if (payableUntil === null) return null;
  const { openid, scenario } = role;
  const who = view.customers.find((customer) => customer.openid === openid)?.name ?? words.passerBy;
  const come = () => simulator.call('come-to-pay', { outTradeNo, scenario, ...(openid === '' ? {} : { openid }) });
  return (
    <div className={rows.deeds}>
      <span>{words.payableUntil(clockTime(payableUntil))}</span>
      <button type="button" className={styles.primary} onClick={come}>
        {words.comeToPay(who)}
      </button>
    </div>
  );
}

function intention({ act, at }: NonNullable<OrderView['atPasswordBox']>, now: number, words: Words): string {
  const seconds = Math.max(0, Math.ceil((at - now) / 1000));
  switch (act) {
    case 'pays':
      return words.willPay(seconds);
    case 'fails':
      return words.willFail(seconds);
    case 'leaves':
      return words.willLeave(seconds);
  }
}

/** 14:05:09 */
function clockTime(at: number): string {
  return beijingTime(at).slice(11, 19);
}
