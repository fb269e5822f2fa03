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
    /** The bill as text or, with `format`, cut into cells. */
    downloadBill(fields: Fields, format?: false): Promise<string>;
    downloadBill(fields: Fields, format: true): Promise<Record<BillPart, string[]> & { list_data: string[][] }>;
    downloadFundflow(fields: Fields, format: true): Promise<Record<BillPart, string[]> & { list_data: string[][] }>;
  }
}
