/** What we use of the npm package `tenpay`, which comes without types. It is a peer in tests and measurements only. */
declare module 'tenpay' {
  type Fields = Record<string, string>;

  type BillPart = 'list_title' | 'total_title' | 'total_data';

  interface Config {
    readonly appid: string;
    readonly mchid: string;
    readonly partnerKey: string;
    readonly pfx?: Buffer;
    readonly spbill_create_ip?: string;
  }

  /** Rejects with the service's error code, or when an answer's signature or identity is wrong. */
  export default class Payment {
    constructor(config: Config, debug?: boolean);
    /** Where each call goes, by its name; may be changed. */
    urls: Record<string, string>;
    micropay(fields: Record<string, string | number>): Promise<Fields>;
    orderQuery(fields: Record<string, string>): Promise<Fields>;
    reverse(fields: Record<string, string>): Promise<Fields>;
    refund(fields: Record<string, string | number>): Promise<Fields>;
    refundQuery(fields: Record<string, string | number>): Promise<Fields>;
    sendRedpack(fields: Record<string, string | number>): Promise<Fields>;
    sendGroupRedpack(fields: Record<string, string | number>): Promise<Fields>;
    redpackQuery(fields: Record<string, string>): Promise<Fields>;
    transfers(fields: Record<string, string | number>): Promise<Fields>;
    transfersQuery(fields: Record<string, string>): Promise<Fields>;
    /** Fetches the key itself, and encrypts `enc_bank_no` and `enc_true_name`. */
    payBank(fields: Record<string, string | number>): Promise<Fields>;
    queryBank(fields: Record<string, string>): Promise<Fields>;
    sendCoupon(fields: Record<string, string>): Promise<Fields>;
    queryCouponStock(fields: Record<string, string>): Promise<Fields>;
    queryCouponInfo(fields: Record<string, string>): Promise<Fields>;
    getSignkey(): Promise<Fields>;
    unifiedOrder(fields: Record<string, string | number>): Promise<Fields>;
    closeOrder(fields: Record<string, string>): Promise<Fields>;
    /** Places an order, and signs what a page or an app needs to call up its payment. */
    getPayParams(fields: Record<string, string | number>): Promise<Fields>;
    getAppParams(fields: Record<string, string | number>): Promise<Fields>;
    /** Reads a notification; `weixin` is undefined when it was not believed. */
    middlewareForExpress(
      type?: 'pay' | 'refund',
    ): (
      request: { readonly body: string; weixin?: Fields & { readonly req_info?: Fields } },
      response: object,
      next: () => void,
    ) => Promise<void>;
    /** The bill as text or, with `format`, cut into cells. */
    downloadBill(fields: Fields, format?: false): Promise<string>;
    downloadBill(fields: Fields, format: true): Promise<Record<BillPart, string[]> & { list_data: string[][] }>;
    /** The two halves of every call, for measuring them without the wire. */
    _getSign(fields: Fields, type: string): string;
    _parse(xml: string, call: string, signType: string): Promise<Fields>;
    downloadFundflow(fields: Fields, format: true): Promise<Record<BillPart, string[]> & { list_data: string[][] }>;
  }
}

declare module 'tenpay/lib/util.js' {
  /** How tenpay writes every request. */
  export function buildXML(fields: Record<string, string>): string;
}
