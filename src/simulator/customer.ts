import { unreachable } from '../core/assert.ts';
import { type Fen, fen } from '../core/money.ts';
import type { Customer } from './behaviour/behaviour.ts';
import { describeError } from './error-text.ts';
import type { Plan } from './ledger/events.ts';
import type { Delays } from './options.ts';
import type { WalletBook } from './wallets/wallet-book.ts';

/** What this customer will do about an order that opens at `now`. */
export function planOf(customer: Customer, delays: Delays, now: number): Plan {
  const { kind } = customer;
  switch (kind) {
    case 'pays-at-once':
      return { act: { kind: 'pays' }, at: now, paysOnReverse: false };
    case 'types-then-pays':
      return { act: { kind: 'pays' }, at: now + delays.passwordMs, paysOnReverse: false };
    case 'types-then-cancels':
      return {
        act: failure('NOTPAY', 'TRADE_ERROR', '用户取消支付'),
        at: now + delays.passwordMs,
        paysOnReverse: false,
      };
    case 'bank-refuses':
      return {
        act: failure('PAYERROR', 'TRADE_ERROR', '银行扣款失败'),
        at: now + delays.passwordMs,
        paysOnReverse: false,
      };
    case 'walks-away':
      return { act: { kind: 'leaves' }, at: now + delays.walkAwayMs, paysOnReverse: false };
    case 'pays-at-reversal':
      return { act: { kind: 'pays' }, at: now + delays.payLateMs, paysOnReverse: true };
    case 'refused': {
      const { errCode } = customer;
      return { act: failure('NOTPAY', errCode, describeError(errCode)), at: now, paysOnReverse: false };
    }
    default:
      return unreachable(kind);
  }
}

/** A tenth of the amount, at least one fen: an order of one fen leaves nothing to pay in cash. */
export function couponOf(customer: Customer, amountFen: Fen): Fen {
  const hasCoupon = customer.kind === 'pays-at-once' && customer.withCoupon === true;
  return fen(hasCoupon ? Math.max(1, Math.floor(amountFen / 10)) : 0);
}

/** Who would pay at once, and has not that much, is refused at once. Anybody else finds out at the password box. */
export function withPurse(customer: Customer, openid: string, amountFen: Fen, wallets: WalletBook): Customer {
  const isShort = !wallets.canPay(openid, fen(amountFen - couponOf(customer, amountFen)));
  return customer.kind === 'pays-at-once' && isShort ? { kind: 'refused', errCode: 'NOTENOUGH' } : customer;
}

/** Whose phone showed the code, by its keyed hash. */
export function payerOf(codeHash: string, wallets: WalletBook): string {
  return wallets.ownerOf(codeHash) ?? openidOf(codeHash);
}

/** 28 characters, as openids have. */
export function openidOf(hash: string): string {
  return `oSim${hash.slice(0, 24)}`;
}

function failure(state: 'NOTPAY' | 'PAYERROR', errCode: string, errText: string): Plan['act'] {
  return { kind: 'fails', state, errCode, errText };
}
