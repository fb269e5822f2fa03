import { Secret } from '../core/secret.ts';
import { type Fields, type SignType, sign } from '../main/gateway/wechat-v2/wire/sign.ts';
import type { DeformedReply } from './behaviour/behaviour.ts';
import { describeError } from './error-text.ts';
import type { Merchant } from './options.ts';

/** What an endpoint has to say, before it is signed. */
export type Answer =
  | {
      readonly result: 'SUCCESS';
      readonly fields: Fields;
      /** Markup after the fields, of the one answer that is not flat. */
      readonly nested?: string;
    }
  | { readonly result: 'FAIL'; readonly errCode: string; readonly errText?: string; readonly fields?: Fields };

const NOT_THE_MERCHANTS_KEY = new Secret('00000000000000000000000000000000');

export function fail(errCode: string, errText?: string): Answer {
  return errText === undefined ? { result: 'FAIL', errCode } : { result: 'FAIL', errCode, errText };
}

/** What every answer to a request has in common, whatever it says. */
export interface Frame {
  readonly merchant: Merchant;
  /** The answer is signed as the request was. */
  readonly signType: SignType;
  readonly nonce: string;
  /** Who was asked for, by the names of this call; `appid` and `mch_id` when left out. */
  readonly identity?: Fields;
  /** Answers of this call are not signed. */
  readonly isUnsigned?: boolean;
  /** `sub_appid` and `sub_mch_id`, when a service provider asked for somebody else: they come back as they were. */
  readonly onBehalfOf: Fields;
}

/**
 * A business answer as it travels: `return_code=SUCCESS`, signed, and perhaps deformed on its way. That a reply is
 * slow is not its text's business.
 */
export function answerXml(answer: Answer, frame: Frame, deformation?: DeformedReply['kind']): string {
  const fields = fieldsOf(answer, frame);
  const sealed = (whole: Fields) => writeXml(frame.isUnsigned ? whole : signed(whole, frame), nestedOf(answer));
  switch (deformation) {
    case undefined:
    case 'slow':
      return sealed(fields);
    case 'garbled': {
      const xml = sealed(fields);
      return xml.slice(0, Math.floor(xml.length * 0.6));
    }
    case 'bad-sign':
      return writeXml(signed(fields, frame, NOT_THE_MERCHANTS_KEY), nestedOf(answer));
    case 'unsigned':
      return writeXml(fields, nestedOf(answer));
    case 'wrong-amount':
      return sealed(withOneFenMore(fields));
  }
}

/** An answer of the transport's level: `return_code=FAIL`, never signed, and nothing but a text in it. */
export function returnFailXml(returnMsg: string): string {
  return writeXml({ return_code: 'FAIL', return_msg: returnMsg });
}

/** A message that nobody signs. */
export function unsignedXml(fields: Fields, root = 'xml'): string {
  return writeXml(fields, '', root);
}

function fieldsOf(answer: Answer, { merchant, nonce, identity, onBehalfOf }: Frame): Fields {
  const common = {
    return_code: 'SUCCESS',
    return_msg: 'OK',
    ...(identity ?? { appid: merchant.appId, mch_id: merchant.mchId }),
    ...onBehalfOf,
    nonce_str: nonce,
    result_code: answer.result,
  };
  if (answer.result === 'SUCCESS') return { ...common, ...answer.fields };
  const { errCode, errText } = answer;
  return { ...common, err_code: errCode, err_code_des: errText ?? describeError(errCode), ...answer.fields };
}

function nestedOf(answer: Answer): string {
  return answer.result === 'SUCCESS' ? (answer.nested ?? '') : '';
}

function signed(fields: Fields, { merchant, signType }: Frame, key: Secret = merchant.apiKey): Fields {
  return { ...fields, sign: sign(fields, key, signType) };
}

/** Each is the amount of some answer, and no answer has two that differ. */
const PAYOUT_AMOUNTS = ['total_amount', 'payment_amount', 'amount', 'coupon_value'];

function withOneFenMore(fields: Fields): Fields {
  const { total_fee, cash_fee } = fields;
  const payoutAmount = PAYOUT_AMOUNTS.find((name) => fields[name] !== undefined);
  if (payoutAmount) return { ...fields, [payoutAmount]: String(Number(fields[payoutAmount]) + 1) };
  if (total_fee === undefined || cash_fee === undefined) return fields;
  return { ...fields, total_fee: String(Number(total_fee) + 1), cash_fee: String(Number(cash_fee) + 1) };
}

/** As the service writes it: text in CDATA, numbers bare, and an empty field as an empty element, not left out. */
function writeXml(fields: Fields, nested = '', root = 'xml'): string {
  const lines = Object.entries(fields).map(([name, value]) => `<${name}>${textOf(value)}</${name}>`);
  return `<${root}>${lines.join('\n')}${nested}\n</${root}>`;
}

function textOf(value: string): string {
  if (/^\d{1,15}$/.test(value)) return value;
  return `<![CDATA[${value.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;
}
