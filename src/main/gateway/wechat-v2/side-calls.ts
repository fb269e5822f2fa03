interface SideCall {
  readonly path: string;
  /** Shows the client certificate. */
  readonly certified: boolean;
  readonly readOnly: boolean;
}

const PAYS_OUT = { certified: true, readOnly: false } as const;
const ASKS_CERTIFIED = { certified: true, readOnly: true } as const;
const ASKS = { certified: false, readOnly: true } as const;

/**
 * The calls beside payments and refunds. Each names the merchant in its own way, and all are signed with MD5, which only
 * getpublickey wants to hear of. Coupons are answered with a signature, and all others without.
 */
export const SIDE_CALLS = {
  redPacket: { path: '/mmpaymkttransfers/sendredpack', ...PAYS_OUT },
  groupRedPacket: { path: '/mmpaymkttransfers/sendgroupredpack', ...PAYS_OUT },
  redPacketQuery: { path: '/mmpaymkttransfers/gethbinfo', ...ASKS_CERTIFIED },
  balancePayout: { path: '/mmpaymkttransfers/promotion/transfers', ...PAYS_OUT },
  balancePayoutQuery: { path: '/mmpaymkttransfers/gettransferinfo', ...ASKS_CERTIFIED },
  bankPayout: { path: '/mmpaysptrans/pay_bank', ...PAYS_OUT },
  bankPayoutQuery: { path: '/mmpaysptrans/query_bank', ...ASKS_CERTIFIED },
  bankKey: { path: '/risk/getpublickey', ...ASKS_CERTIFIED },
  couponSend: { path: '/mmpaymkttransfers/send_coupon', ...PAYS_OUT },
  couponStock: { path: '/mmpaymkttransfers/query_coupon_stock', ...ASKS },
  couponQuery: { path: '/mmpaymkttransfers/querycouponsinfo', ...ASKS },
  sandboxKey: { path: '/xdc/apiv2getsignkey/sign/getsignkey', ...ASKS },
} as const satisfies Readonly<Record<string, SideCall>>;

export type SideCallName = keyof typeof SIDE_CALLS;
