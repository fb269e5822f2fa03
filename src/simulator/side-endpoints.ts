import type { Fields } from '../main/gateway/wechat-v2/wire/sign.ts';
import type { Frame } from './answer.ts';
import type { Desk, Reply } from './desk.ts';
import { transfers } from './endpoints/balance-payout.ts';
import { getpublickey, payBank } from './endpoints/bank-payout.ts';
import { queryCouponStock, querycouponsinfo, sendCoupon } from './endpoints/coupons.ts';
import { getsignkey } from './endpoints/getsignkey.ts';
import { gethbinfo, gettransferinfo, queryBank } from './endpoints/payout-queries.ts';
import { sendgroupredpack, sendredpack } from './endpoints/red-packet.ts';
import type { IdNames } from './envelope.ts';
import type { Merchant } from './options.ts';

/** A call that is about no order: it has ids of its own, and mostly answers unsigned. */
export interface SideEndpoint {
  readonly handle: (fields: Fields, desk: Desk, now: number) => Reply;
  readonly certified: boolean;
  readonly names: IdNames;
  frame(merchant: Merchant): Pick<Frame, 'identity' | 'isUnsigned'>;
}

const WITH_APPID: IdNames = { appId: 'appid', mchId: 'mch_id' };
const WITHOUT_APPID: IdNames = { mchId: 'mch_id' };
const RED_PACKET: IdNames = { appId: 'wxappid', mchId: 'mch_id' };
const BALANCE: IdNames = { appId: 'mch_appid', mchId: 'mchid' };

const SIGN_KEY = side(getsignkey, { names: WITHOUT_APPID, isUnsigned: true });

/** By path. Clients that know the list of unsigned answers verify all others: so group red packets are signed. */
export const SIDE_ENDPOINTS: ReadonlyMap<string, SideEndpoint> = new Map([
  ['/mmpaymkttransfers/sendredpack', side(sendredpack, { names: RED_PACKET, certified: true, isUnsigned: true })],
  ['/mmpaymkttransfers/sendgroupredpack', side(sendgroupredpack, { names: RED_PACKET, certified: true })],
  ['/mmpaymkttransfers/gethbinfo', side(gethbinfo, { names: WITH_APPID, certified: true, isUnsigned: true })],
  ['/mmpaymkttransfers/promotion/transfers', side(transfers, { names: BALANCE, certified: true, isUnsigned: true })],
  [
    '/mmpaymkttransfers/gettransferinfo',
    side(gettransferinfo, { names: WITH_APPID, certified: true, isUnsigned: true }),
  ],
  ['/mmpaysptrans/pay_bank', side(payBank, { names: WITHOUT_APPID, certified: true, isUnsigned: true })],
  ['/mmpaysptrans/query_bank', side(queryBank, { names: WITHOUT_APPID, certified: true, isUnsigned: true })],
  ['/risk/getpublickey', side(getpublickey, { names: WITHOUT_APPID, certified: true, isUnsigned: true })],
  ['/mmpaymkttransfers/send_coupon', side(sendCoupon, { names: WITH_APPID, certified: true })],
  ['/mmpaymkttransfers/query_coupon_stock', side(queryCouponStock, { names: WITH_APPID })],
  ['/mmpaymkttransfers/querycouponsinfo', side(querycouponsinfo, { names: WITH_APPID })],
  ['/xdc/apiv2getsignkey/sign/getsignkey', SIGN_KEY],
  ['/sandboxnew/pay/getsignkey', SIGN_KEY],
]);

function side(
  handle: SideEndpoint['handle'],
  {
    names,
    certified = false,
    isUnsigned = false,
  }: { readonly names: IdNames; readonly certified?: boolean; readonly isUnsigned?: boolean },
): SideEndpoint {
  const { appId, mchId } = names;
  return {
    handle,
    certified,
    names,
    frame: (merchant) => ({
      identity: { ...(appId ? { [appId]: merchant.appId } : {}), [mchId]: merchant.mchId },
      isUnsigned,
    }),
  };
}
