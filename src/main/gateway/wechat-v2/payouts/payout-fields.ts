import type { BalancePayout, BankPayout, GroupRedPacket, RedPacket } from '../../payout-gateway.ts';
import type { Merchant } from '../merchant.ts';
import type { Fields } from '../wire/sign.ts';
import { wireText } from '../wire-text.ts';

/*
 * What each payout call sends. The same two ids go by other names almost everywhere:
 *
 *     sendredpack, sendgroupredpack   wxappid    mch_id   mch_billno
 *     gethbinfo                       appid      mch_id   mch_billno
 *     promotion/transfers             mch_appid  mchid    partner_trade_no
 *     gettransferinfo                 appid      mch_id   partner_trade_no
 *     pay_bank, query_bank            –          mch_id   partner_trade_no
 *     getpublickey                    –          mch_id   –
 */

const SENDER_MAX_BYTES = 32;
const WISHING_MAX_BYTES = 128;
const ACTIVITY_MAX_BYTES = 32;
const REMARK_MAX_BYTES = 256;
const DESC_MAX_BYTES = 100;

/** @see WeChat Pay API v2, cash red packets (chapter 13_4) */
export function redPacketFields(merchant: Merchant, packet: RedPacket, address: string): Fields {
  return { ...packetFields(merchant, packet), total_num: '1', client_ip: address };
}

/** @see WeChat Pay API v2, group red packets (chapter 13_5) */
export function groupRedPacketFields(merchant: Merchant, packet: GroupRedPacket): Fields {
  return { ...packetFields(merchant, packet), total_num: String(packet.people), amt_type: 'ALL_RAND' };
}

function packetFields(merchant: Merchant, packet: RedPacket): Fields {
  const { billNo, openid, amountFen, sender, wishing, activity, remark, scene = '' } = packet;
  return {
    ...redPacketIdentity(merchant, billNo),
    ...provided(merchant),
    send_name: wireText(sender, SENDER_MAX_BYTES),
    re_openid: openid,
    total_amount: String(amountFen),
    wishing: wireText(wishing, WISHING_MAX_BYTES),
    act_name: wireText(activity, ACTIVITY_MAX_BYTES),
    remark: wireText(remark, REMARK_MAX_BYTES),
    scene_id: scene,
  };
}

export function redPacketIdentity({ appId, mchId }: Merchant, billNo: string): Fields {
  return { wxappid: appId, mch_id: mchId, mch_billno: billNo };
}

/** A service provider's red packet: for whom, and under whose name the customer hears of it. */
function provided({ appId, subAppId, subMchId }: Merchant): Fields {
  return subMchId === undefined ? {} : { sub_mch_id: subMchId, msgappid: subAppId ?? appId };
}

/** @see WeChat Pay API v2, red packet query (chapter 13_6) */
export function redPacketQueryFields(merchant: Merchant, billNo: string): Fields {
  return { ...redPacketQueryIdentity(merchant, billNo), bill_type: 'MCHT' };
}

export function redPacketQueryIdentity({ appId, mchId }: Merchant, billNo: string): Fields {
  return { appid: appId, mch_id: mchId, mch_billno: billNo };
}

/** @see WeChat Pay API v2, payment to a balance (chapter 14_2) */
export function balanceFields(merchant: Merchant, payout: BalancePayout, address: string): Fields {
  const { payoutNo, openid, amountFen, realName, desc } = payout;
  return {
    ...balanceIdentity(merchant, payoutNo),
    openid,
    check_name: realName === undefined ? 'NO_CHECK' : 'FORCE_CHECK',
    re_user_name: realName?.reveal() ?? '',
    amount: String(amountFen),
    desc: wireText(desc, DESC_MAX_BYTES),
    spbill_create_ip: address,
  };
}

export function balanceIdentity({ appId, mchId }: Merchant, payoutNo: string): Fields {
  return { mch_appid: appId, mchid: mchId, partner_trade_no: payoutNo };
}

/** gettransferinfo's, and its answer's. @see WeChat Pay API v2, chapter 14_3 */
export function balanceQueryIdentity({ appId, mchId }: Merchant, payoutNo: string): Fields {
  return { appid: appId, mch_id: mchId, partner_trade_no: payoutNo };
}

/**
 * @param encrypt with the gateway's key, to base64
 * @see WeChat Pay API v2, payment to a bank card (chapter 24_2)
 */
export function bankFields(merchant: Merchant, payout: BankPayout, encrypt: (text: string) => string): Fields {
  const { payoutNo, cardNumber, holder, bankCode, amountFen, desc = '' } = payout;
  return {
    ...bankIdentity(merchant, payoutNo),
    enc_bank_no: encrypt(cardNumber.reveal()),
    enc_true_name: encrypt(holder.reveal()),
    bank_code: bankCode,
    amount: String(amountFen),
    desc: wireText(desc, DESC_MAX_BYTES),
  };
}

/** All that query_bank asks with, too. @see WeChat Pay API v2, chapter 24_3 */
export function bankIdentity({ mchId }: Merchant, payoutNo: string): Fields {
  return { mch_id: mchId, partner_trade_no: payoutNo };
}

/** The one call of this family that wants a sign_type. @see WeChat Pay API v2, chapter 24_7 */
export function bankKeyFields({ mchId }: Merchant): Fields {
  return { mch_id: mchId, sign_type: 'MD5' };
}
