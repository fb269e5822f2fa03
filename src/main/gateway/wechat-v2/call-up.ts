import type { Merchant } from './merchant.ts';
import { sign } from './wire/sign.ts';

/*
 * What a page or an app hands to WeChat to call up the payment of an order that was placed. Both are signed by the same
 * type as the order was: WeChat compares them.
 */

/** For `WeixinJSBridge.invoke('getBrandWCPayRequest', …)` and `wx.chooseWXPay`. @see WeChat Pay API v2, chapter 7_7 */
export interface JsapiParams {
  readonly appId: string;
  /** Seconds since 1970, as text. */
  readonly timeStamp: string;
  readonly nonceStr: string;
  readonly package: string;
  readonly signType: string;
  readonly paySign: string;
}

/** For the payment request of WeChat's open SDK. @see WeChat Pay API v2, chapter 8_5 */
export interface AppParams {
  readonly appid: string;
  readonly partnerid: string;
  readonly prepayid: string;
  readonly package: 'Sign=WXPay';
  readonly noncestr: string;
  /** Seconds since 1970, as text. */
  readonly timestamp: string;
  readonly sign: string;
}

/** When it is signed, epoch milliseconds, and at most 32 unpredictable characters. */
export interface Freshness {
  readonly now: number;
  readonly nonce: string;
}

/** The parameters for a JSAPI order. A sub-merchant with an appid of its own calls up under that. */
export function jsapiParams(merchant: Merchant, prepayId: string, { now, nonce }: Freshness): JsapiParams {
  const { appId, subAppId, apiKey, signType } = merchant;
  const fields = {
    appId: subAppId ?? appId,
    timeStamp: secondsOf(now),
    nonceStr: nonce,
    package: `prepay_id=${prepayId}`,
    signType,
  };
  return { ...fields, paySign: sign(fields, apiKey, signType) };
}

/** The parameters for an APP order. */
export function appParams(merchant: Merchant, prepayId: string, { now, nonce }: Freshness): AppParams {
  const { appId, mchId, subAppId, subMchId, apiKey, signType } = merchant;
  const fields = {
    appid: subAppId ?? appId,
    partnerid: subMchId ?? mchId,
    prepayid: prepayId,
    package: 'Sign=WXPay',
    noncestr: nonce,
    timestamp: secondsOf(now),
  } as const;
  return { ...fields, sign: sign(fields, apiKey, signType) };
}

function secondsOf(epochMs: number): string {
  return String(Math.floor(epochMs / 1000));
}
