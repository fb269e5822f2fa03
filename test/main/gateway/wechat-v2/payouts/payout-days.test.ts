import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { fen } from '../../../../../src/core/money.ts';
import {
  isSurelyUnpaid,
  type PayoutProgress,
  payoutNextStep,
  payoutTransition,
  REQUESTED,
} from '../../../../../src/core/payout.ts';
import { seededRandom } from '../../../../../src/core/random.ts';
import { createWechatV2Gateway } from '../../../../../src/main/gateway/wechat-v2/client.ts';
import {
  judgeReply,
  notSent,
  unknown,
  type WireOutcome,
} from '../../../../../src/main/gateway/wechat-v2/transport/outcome.ts';
import type { Transport, WireCall } from '../../../../../src/main/gateway/wechat-v2/transport/transport.ts';
import { memoryStore } from '../../../../../src/simulator/ledger/event-file.ts';
import { createLedger } from '../../../../../src/simulator/ledger/ledger.ts';
import { SAMPLE_MERCHANT } from '../../../../../src/simulator/options.ts';
import type { PayoutEnd } from '../../../../../src/simulator/payouts/payout-settings.ts';
import { createService } from '../../../../../src/simulator/service.ts';
import { PACKET, TO_BALANCE, TO_BANK } from '../support/payout-shop.ts';

/* Days of payouts in virtual time, over a line and a gateway that both fail half of the time, with requests that arrive
 * when nobody waits for them any more. */

const HOUR_MS = 3_600_000;
const STEPS_MAX = 400;
const WISHES = 30;

/** A day that can be replayed by its seed. */
function openDay(seed: number, end: PayoutEnd) {
  const random = seededRandom(seed);
  let now = Date.UTC(2026, 0, 2, 2);
  const clock = { now: () => now, monotonicMs: () => now, sleep: () => Promise.resolve() };
  const ledger = createLedger(memoryStore());
  const service = createService(ledger, {
    clock,
    random,
    faults: { seed, rate: 0.4 },
    payouts: { end, delayMs: HOUR_MS },
  });
  const underway: { readonly at: number; readonly call: WireCall }[] = [];

  function arrive({ path, body, certified }: WireCall): WireOutcome {
    const delivery = service.handle({ method: 'POST', path, body: Buffer.from(body), certified });
    if (delivery.kind === 'broken') return unknown('no-reply', 'UND_ERR_SOCKET');
    return judgeReply(delivery.status, Buffer.from(delivery.body));
  }

  async function send(call: WireCall): Promise<WireOutcome> {
    const luck = random();
    if (luck < 0.1) return notSent('ECONNREFUSED');
    if (luck < 0.2) return unknown('no-reply', 'TIMEOUT');
    if (luck < 0.3) {
      underway.push({ at: now + random() * 6 * HOUR_MS, call });
      return unknown('no-reply', 'TIMEOUT');
    }
    const outcome = arrive(call);
    return luck < 0.4 ? unknown('no-reply', 'UND_ERR_SOCKET') : outcome;
  }

  const transport: Transport = {
    send,
    stream: async () => notSent('NO_STREAM'),
    warmUp: async () => true,
    probe: async () => undefined,
    line: () => 'online',
    hosts: () => [],
    close: async () => undefined,
  };
  const { payouts } = createWechatV2Gateway({
    ...SAMPLE_MERCHANT,
    transport,
    clock,
    random: (size) => new Uint8Array(size).map(() => Math.floor(random() * 256)),
  });
  return {
    payouts,
    ledger,
    pass(ms: number) {
      now += ms;
      for (const late of underway.filter(({ at }) => at <= now)) {
        underway.splice(underway.indexOf(late), 1);
        arrive(late.call);
      }
      ledger.settle(now);
    },
  };
}

type Day = ReturnType<typeof openDay>;

/** What a till would do: whatever the state owes, until nothing is owed. The last state, and whether it was reached. */
async function resolve(day: Day, wish: Wish, number: string): Promise<PayoutProgress> {
  let payout = REQUESTED;
  for (let step = 0; step < STEPS_MAX && payoutNextStep(payout) !== 'nothing'; step++) {
    if (payoutNextStep(payout) === 'send') {
      payout = payoutTransition(payout, { type: 'submitted' });
      payout = payoutTransition(payout, { type: 'answered', answer: await wish.pay(day, number) });
    } else {
      payout = payoutTransition(payout, { type: 'lookedUp', answer: await wish.ask(day, number) });
    }
    day.pass(HOUR_MS / 4);
  }
  return payout;
}

interface Wish {
  readonly pay: (day: Day, number: string) => ReturnType<Day['payouts']['payToBalance']>;
  readonly ask: (day: Day, number: string) => ReturnType<Day['payouts']['balancePayoutQuery']>;
}

const WAYS: Readonly<Record<string, (nth: number) => Wish>> = {
  'red packets': (nth) => {
    const packet = { ...PACKET, openid: `oPayee${nth}` };
    return {
      pay: ({ payouts }, billNo) => payouts.sendRedPacket({ ...packet, billNo }),
      ask: ({ payouts }, billNo) => payouts.redPacketQuery({ ...packet, billNo }),
    };
  },
  'payments to balances': (nth) => {
    const payout = { ...TO_BALANCE, openid: `oPayee${nth}` };
    return {
      pay: ({ payouts }, payoutNo) => payouts.payToBalance({ ...payout, payoutNo }),
      ask: ({ payouts }, payoutNo) => payouts.balancePayoutQuery({ ...payout, payoutNo }),
    };
  },
};

describe.each(Object.entries(WAYS))('days of %s', (_, wishOf) => {
  it.each<[seed: number, end: PayoutEnd]>([
    [1, 'DONE'],
    [2, 'DONE'],
    [3, 'FAILED'],
    [4, 'RETURNED'],
  ])('that end in certainty, and pay nobody twice (seed %i, %s)', async (seed, end) => {
    const day = openDay(seed, end);
    const progress: PayoutProgress[] = [];
    for (let nth = 0; nth < WISHES; nth++) {
      const first = await resolve(day, wishOf(nth), `N${nth}A`);
      progress.push(first);
      // A second number is for those who were surely not paid.
      if (isSurelyUnpaid(first)) progress.push(await resolve(day, wishOf(nth), `N${nth}B`));
    }
    day.pass(48 * HOUR_MS);

    expect(progress.filter((payout) => payoutNextStep(payout) !== 'nothing')).toEqual([]);
    const made = day.ledger.payouts.payouts();
    const kept = made.filter(({ state }) => state === 'DONE').map(({ payee }) => payee);
    expect(kept).toHaveLength(new Set(kept).size);
    const said = progress.filter(({ state }) => state === 'succeeded').length;
    expect(said).toBe(kept.length);
    if (end === 'DONE') expect(kept).toHaveLength(WISHES);
    const keptFen = made.reduce((sum, { state, amountFen }) => sum + (state === 'DONE' ? amountFen : 0), 0);
    expect(day.ledger.books()).toMatchObject({ paidOutFen: keptFen, netFen: 0 - keptFen });
  });
});

describe('a payment to a bank over such a line', () => {
  it('is as safe, with ciphers that are never the same twice', async () => {
    const day = openDay(5, 'DONE');
    let pem = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ type: 'pkcs1', format: 'pem' });
    for (let attempt = 0; attempt < 50; attempt++) {
      const key = await day.payouts.bankKey();
      if (key.verdict === 'FOUND') pem = key.publicKeyPem;
    }
    const wish: Wish = {
      pay: ({ payouts }, payoutNo) => payouts.payToBank({ ...TO_BANK, payoutNo, amountFen: fen(1_000) }, String(pem)),
      ask: ({ payouts }, payoutNo) => payouts.bankPayoutQuery({ payoutNo, amountFen: fen(1_000) }),
    };
    for (let nth = 0; nth < WISHES; nth++) expect((await resolve(day, wish, `NUMBER${nth}A`)).state).toBe('succeeded');
    expect(day.ledger.books()).toMatchObject({ paidOutFen: WISHES * 1_000, payoutFeesFen: WISHES * 100 });
  });
});
