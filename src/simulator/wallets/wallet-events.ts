import * as z from 'zod';
import { fen } from '../../core/money.ts';

const Money = z.int().min(0).transform(fen);
const EpochMs = z.number();

/** The wallets' part of the ledger's events. What customers pay and get back follows from the orders. */
export const WALLET_EVENTS = [
  z.object({ type: z.literal('wallet-opened'), at: EpochMs, openid: z.string(), name: z.string(), balanceFen: Money }),
  z.object({ type: z.literal('wallet-topped-up'), at: EpochMs, openid: z.string(), amountFen: Money }),
  /** The customer's phone shows a payment code, of which only the keyed hash is kept. */
  z.object({ type: z.literal('code-shown'), at: EpochMs, openid: z.string(), codeHash: z.string() }),
] as const;

export type WalletEvent = z.output<(typeof WALLET_EVENTS)[number]>;

const TYPES: ReadonlySet<string> = new Set(WALLET_EVENTS.map(({ shape }) => shape.type.value));

export function isWalletEvent(event: { readonly type: string }): event is WalletEvent {
  return TYPES.has(event.type);
}
