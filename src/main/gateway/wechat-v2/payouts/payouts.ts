import type { PayoutAnswer, PayoutQueryAnswer } from '../../../../core/payout-answer.ts';
import type { Secret } from '../../../../core/secret.ts';
import type { BalancePayout, BankPayout, PayoutGateway, RedPacket } from '../../payout-gateway.ts';
import { reason } from '../answers/reason.ts';
import { BALANCE_PAYOUT_ERRORS } from '../errors/balance-payout-errors.ts';
import { BANK_PAYOUT_ERRORS } from '../errors/bank-payout-errors.ts';
import { BALANCE_PAYOUT_STATES, BANK_PAYOUT_STATES, RED_PACKET_STATES } from '../errors/payout-query-errors.ts';
import { RED_PACKET_ERRORS } from '../errors/red-packet-errors.ts';
import type { Exchange } from '../exchange.ts';
import type { Merchant } from '../merchant.ts';
import type { SideCallName } from '../side-calls.ts';
import { BAD_REPLY, type SideExchange } from '../side-exchange.ts';
import type { Fields } from '../wire/sign.ts';
import { createBankCipher, isBankKey } from './bank-cipher.ts';
import { distrustUnsigned } from './check-unsigned.ts';
import { type ExpectedPayout, readPayoutAnswer } from './payout-answer.ts';
import {
  balanceFields,
  balanceIdentity,
  balanceQueryIdentity,
  bankFields,
  bankIdentity,
  bankKeyFields,
  groupRedPacketFields,
  redPacketFields,
  redPacketIdentity,
  redPacketQueryFields,
  redPacketQueryIdentity,
} from './payout-fields.ts';
import { type ExpectedPayoutRecord, readPayoutQueryAnswer } from './payout-query-answer.ts';
import { readRedPacketMessage } from './red-packet-list.ts';

export interface PayoutParts {
  readonly merchant: Merchant;
  readonly timeouts: { readonly payoutMs: number; readonly queryMs: number };
  readonly exchange: SideExchange;
  /** This machine's address, which WeChat Pay wants to see beside what it reads from the packets. */
  readonly address: () => string;
}

/** The payout half of the client: money that goes out to somebody. */
export function createPayouts({ merchant, timeouts, exchange, address }: PayoutParts): PayoutGateway {
  const { apiKey } = merchant;

  async function pay(
    call: SideCallName,
    fields: Fields,
    expected: Omit<ExpectedPayout, 'apiKey'>,
  ): Promise<PayoutAnswer> {
    const reply = await exchange.ask(call, fields, timeouts.payoutMs);
    if (reply.got === 'message') return readPayoutAnswer(reply.fields, { ...expected, apiKey });
    return { verdict: reply.sent ? 'UNKNOWN' : 'AGAIN', reason: reply.reason };
  }

  function judge(reply: Exchange, expected: Omit<ExpectedPayoutRecord, 'apiKey'>): PayoutQueryAnswer {
    if (reply.got === 'message') return readPayoutQueryAnswer(reply.fields, { ...expected, apiKey });
    return { verdict: 'UNKNOWN', reason: reply.reason };
  }

  function expectedPacket({ billNo, amountFen, openid }: RedPacket): Omit<ExpectedPayout, 'apiKey'> {
    const identity = { ...redPacketIdentity(merchant, billNo), re_openid: openid };
    const places = { amountField: 'total_amount', gatewayNoField: 'send_listid' };
    return { identity, amountFen, errors: RED_PACKET_ERRORS, ...places };
  }

  return {
    sendRedPacket: (packet) => pay('redPacket', redPacketFields(merchant, packet, address()), expectedPacket(packet)),
    sendGroupRedPacket: (packet) =>
      pay('groupRedPacket', groupRedPacketFields(merchant, packet), expectedPacket(packet)),

    async redPacketQuery({ billNo, amountFen }) {
      const raw = await exchange.askRaw('redPacketQuery', redPacketQueryFields(merchant, billNo), timeouts.queryMs);
      const reply = raw.got === 'nothing' ? raw : readPacketReply(raw.body);
      const identity = redPacketQueryIdentity(merchant, billNo);
      return judge(reply, { identity, amountFen, states: RED_PACKET_STATES, ...PACKET_RECORD });
    },

    async payToBalance(payout: BalancePayout) {
      if (merchant.subMchId !== undefined) return NOT_FOR_OTHERS;
      const { payoutNo, amountFen } = payout;
      const expected = { identity: balanceIdentity(merchant, payoutNo), amountFen, errors: BALANCE_PAYOUT_ERRORS };
      const places = { amountField: undefined, gatewayNoField: 'payment_no' };
      const answer = await pay('balancePayout', balanceFields(merchant, payout, address()), { ...expected, ...places });
      return hiding(payout.realName, answer);
    },

    async balancePayoutQuery({ payoutNo, amountFen }) {
      const identity = balanceQueryIdentity(merchant, payoutNo);
      const reply = await exchange.ask('balancePayoutQuery', identity, timeouts.queryMs);
      return judge(reply, { identity, amountFen, states: BALANCE_PAYOUT_STATES, ...BALANCE_RECORD });
    },

    async payToBank(payout: BankPayout, publicKeyPem: string) {
      if (merchant.subMchId !== undefined) return NOT_FOR_OTHERS;
      // A key that is none would throw, and these calls never reject.
      if (!isBankKey(publicKeyPem)) return { verdict: 'AGAIN', reason: { code: 'BAD_CONFIG', gatewayText: 'pub_key' } };
      const { payoutNo, amountFen } = payout;
      const expected = { identity: bankIdentity(merchant, payoutNo), amountFen, errors: BANK_PAYOUT_ERRORS };
      const places = { amountField: 'amount', gatewayNoField: 'payment_no' };
      const fields = bankFields(merchant, payout, createBankCipher(publicKeyPem));
      return hiding(payout.holder, await pay('bankPayout', fields, { ...expected, ...places }));
    },

    async bankPayoutQuery({ payoutNo, amountFen }) {
      const identity = bankIdentity(merchant, payoutNo);
      const reply = await exchange.ask('bankPayoutQuery', identity, timeouts.queryMs);
      return judge(reply, { identity, amountFen, states: BANK_PAYOUT_STATES, ...BANK_RECORD });
    },

    async bankKey() {
      const reply = await exchange.ask('bankKey', bankKeyFields(merchant), timeouts.queryMs);
      if (reply.got === 'nothing') return { verdict: 'UNKNOWN', reason: reply.reason };
      const distrusted = distrustUnsigned(reply.fields, { apiKey, identity: { mch_id: merchant.mchId } });
      if (distrusted) return { verdict: 'UNKNOWN', reason: distrusted };
      const {
        result_code: resultCode,
        err_code: errCode = '',
        err_code_des: text = '',
        pub_key: pem = '',
      } = reply.fields;
      if (resultCode === 'FAIL') return { verdict: 'UNKNOWN', reason: reason('UNLISTED', errCode, text, apiKey) };
      return isBankKey(pem) ? { verdict: 'FOUND', publicKeyPem: pem } : { verdict: 'UNKNOWN', reason: BAD_REPLY };
    },
  };
}

/** These calls know no sub-merchant: the money would be the service provider's. Nothing was sent. */
const NOT_FOR_OTHERS: PayoutAnswer = {
  verdict: 'AGAIN',
  reason: { code: 'NO_PERMISSION', gatewayText: 'sub_mch_id' },
};

/** A gateway that quotes the payee's name must not bring it into a log. */
function hiding(name: Secret | undefined, answer: PayoutAnswer): PayoutAnswer {
  if (!name?.reveal() || answer.verdict === 'ACCEPTED' || answer.reason.gatewayText === undefined) return answer;
  const gatewayText = answer.reason.gatewayText.replaceAll(name.reveal(), '[secret]');
  return { ...answer, reason: { ...answer.reason, gatewayText } };
}

const PACKET_RECORD = {
  numberField: 'mch_billno',
  amountField: 'total_amount',
  gatewayNoField: 'detail_id',
  succeededAtField: 'rcv_time',
};
const BALANCE_RECORD = {
  numberField: 'partner_trade_no',
  amountField: 'payment_amount',
  gatewayNoField: 'detail_id',
  succeededAtField: 'payment_time',
};
const BANK_RECORD = {
  numberField: 'partner_trade_no',
  amountField: 'amount',
  gatewayNoField: 'payment_no',
  succeededAtField: 'pay_succ_time',
};

function readPacketReply(body: Uint8Array): Exchange {
  try {
    return { got: 'message', fields: readRedPacketMessage(body) };
  } catch {
    return { got: 'nothing', sent: true, reason: BAD_REPLY };
  }
}
