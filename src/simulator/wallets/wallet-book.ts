import { invariant } from '../../core/assert.ts';
import { type Fen, fen } from '../../core/money.ts';
import type { SimOrder } from '../ledger/order.ts';
import type { SimPayout } from '../payouts/payout-book.ts';
import { type Account, accountOfOrder, accountsOfPayout, EMPTY_ACCOUNT, minus, plus } from './account.ts';
import type { WalletEvent } from './wallet-events.ts';

/** A customer with a name and a limited purse. Amounts in fen. */
export interface Wallet {
  readonly openid: string;
  readonly name: string;
  /** All that was ever put in. */
  readonly toppedUpFen: Fen;
  readonly account: Account;
  /** What is left to pay with: never below 0. */
  readonly balanceFen: Fen;
}

/** The customers whom the trainer plays. Everybody else is a passer-by, and has as much money as it takes. */
export interface WalletBook {
  open(wallet: { readonly openid: string; readonly name: string; readonly balanceFen: Fen }, at: number): Wallet;
  topUp(openid: string, amountFen: Fen, at: number): Wallet;
  /** From now on, whoever shows this code is this customer. */
  showCode(openid: string, codeHash: string, at: number): void;
  find(openid: string): Wallet | undefined;
  /** The openid of the customer whose phone showed it; undefined for a passer-by's. */
  ownerOf(codeHash: string): string | undefined;
  /** A passer-by can pay anything. */
  canPay(openid: string, cashFen: Fen): boolean;
  wallets(): readonly Wallet[];
  /** What moved between the passers-by and the merchant, and what is on its way to anybody. */
  passersBy(): Account;
}

/** The book, and what only the ledger around it may do. */
export interface FoldedWalletBook extends WalletBook {
  fold(event: WalletEvent): void;
  /** Takes in what became of an order. */
  noteOrder(before: SimOrder | undefined, after: SimOrder): void;
  /** Takes in what became of a payout. */
  notePayout(before: SimPayout | undefined, after: SimPayout): void;
}

/** @param record writes an event down and folds it into this book */
export function createWalletBook(record: (event: WalletEvent) => void): FoldedWalletBook {
  const wallets = new Map<string, Wallet>();
  const owners = new Map<string, string>();
  let passersBy = EMPTY_ACCOUNT;

  function move(openid: string, change: Account): void {
    const wallet = wallets.get(openid);
    if (wallet) wallets.set(openid, withBalance({ ...wallet, account: plus(wallet.account, change) }));
    else passersBy = plus(passersBy, change);
  }

  return {
    fold(event) {
      const { openid } = event;
      switch (event.type) {
        case 'wallet-opened': {
          const { name, balanceFen } = event;
          wallets.set(openid, { openid, name, toppedUpFen: balanceFen, account: EMPTY_ACCOUNT, balanceFen });
          return;
        }
        case 'wallet-topped-up': {
          const wallet = known(wallets.get(openid));
          wallets.set(openid, withBalance({ ...wallet, toppedUpFen: fen(wallet.toppedUpFen + event.amountFen) }));
          return;
        }
        case 'code-shown':
          owners.set(event.codeHash, openid);
      }
    },
    noteOrder(before, after) {
      const was = before ? accountOfOrder(before) : EMPTY_ACCOUNT;
      const is = accountOfOrder(after);
      if (is !== was) move(after.openid, minus(is, was));
    },
    notePayout(before, after) {
      const was = before ? accountsOfPayout(before) : { payee: EMPTY_ACCOUNT, others: EMPTY_ACCOUNT };
      const is = accountsOfPayout(after);
      move(after.payee, minus(is.payee, was.payee));
      passersBy = plus(passersBy, minus(is.others, was.others));
    },
    open(wallet, at) {
      record({ type: 'wallet-opened', at, ...wallet });
      return known(wallets.get(wallet.openid));
    },
    topUp(openid, amountFen, at) {
      record({ type: 'wallet-topped-up', at, openid, amountFen });
      return known(wallets.get(openid));
    },
    showCode: (openid, codeHash, at) => record({ type: 'code-shown', at, openid, codeHash }),
    find: (openid) => wallets.get(openid),
    ownerOf: (codeHash) => owners.get(codeHash),
    canPay: (openid, cashFen) => (wallets.get(openid)?.balanceFen ?? Number.POSITIVE_INFINITY) >= cashFen,
    wallets: () => [...wallets.values()],
    passersBy: () => passersBy,
  };
}

function withBalance(wallet: Wallet): Wallet {
  const { paidFen, gotBackFen, receivedFen } = wallet.account;
  return { ...wallet, balanceFen: fen(wallet.toppedUpFen - paidFen + gotBackFen + receivedFen) };
}

function known(wallet: Wallet | undefined): Wallet {
  invariant(wallet !== undefined, 'An event of a wallet that was never opened');
  return wallet;
}
