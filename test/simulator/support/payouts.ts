import { createBankCipher } from '../../../src/main/gateway/wechat-v2/payouts/bank-cipher.ts';
import type { Fields } from '../../../src/main/gateway/wechat-v2/wire/sign.ts';
import { SAMPLE_MERCHANT } from '../../../src/simulator/options.ts';
import type { Counter } from './counter.ts';

/* Payouts across the counter, which has to sign with MD5 for them. */

const { appId, mchId } = SAMPLE_MERCHANT;
const OPENID = 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o';

export const PACKET: Fields = {
  wxappid: appId,
  mch_billno: 'B0000001',
  send_name: '便利店',
  re_openid: OPENID,
  total_amount: '100',
  total_num: '1',
  wishing: '恭喜',
  act_name: '开业',
  remark: '谢谢',
  client_ip: '127.0.0.1',
};
export const TRANSFER: Fields = {
  mch_appid: appId,
  mchid: mchId,
  partner_trade_no: 'P0000001',
  openid: OPENID,
  check_name: 'NO_CHECK',
  amount: '500',
  desc: '退押金',
  spbill_create_ip: '127.0.0.1',
};

export const packet = (counter: Counter, changes: Fields = {}) =>
  counter.ask('/mmpaymkttransfers/sendredpack', { ...PACKET, ...changes });
export const transfer = (counter: Counter, changes: Fields = {}) =>
  counter.ask('/mmpaymkttransfers/promotion/transfers', { ...TRANSFER, ...changes });

export function toBank(counter: Counter, changes: Fields = {}, card = '6222020200112233445'): Fields | undefined {
  const { pub_key = '' } = counter.ask('/risk/getpublickey', {}) ?? {};
  const encrypt = createBankCipher(pub_key);
  const secret = { enc_bank_no: encrypt(card), enc_true_name: encrypt('王小王') };
  const account = { partner_trade_no: 'P0000001', bank_code: '1002', amount: '200000' };
  return counter.ask('/mmpaysptrans/pay_bank', { ...account, ...secret, ...changes });
}
