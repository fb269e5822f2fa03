import type { Fields } from '../../main/gateway/wechat-v2/wire/sign.ts';
import type { Desk, Reply } from '../desk.ts';
import { answerAside } from '../payouts/make-payout.ts';

/** Gives the key of a sandbox: always the same for one merchant, and of no use with this simulator itself. */
export function getsignkey(fields: Fields, desk: Desk): Reply {
  const { mch_id: mchId = '' } = fields;
  return answerAside('getsignkey', mchId, fields, desk, () => ({
    result: 'SUCCESS',
    fields: { sandbox_signkey: desk.hash(`sandbox ${mchId}`) },
  }));
}
