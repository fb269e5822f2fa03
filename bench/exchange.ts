import Payment from 'tenpay';
import { buildXML } from 'tenpay/lib/util.js';
import { Transformer } from 'wechatpay-axios-plugin';
import { fen } from '../src/core/money.ts';
import { Secret } from '../src/core/secret.ts';
import { readPayAnswer } from '../src/main/gateway/wechat-v2/answers/pay-answer.ts';
import { payFields, signedXml } from '../src/main/gateway/wechat-v2/requests.ts';
import { type Fields, sign } from '../src/main/gateway/wechat-v2/wire/sign.ts';
import { parseXml } from '../src/main/gateway/wechat-v2/wire/xml.ts';
import { unsignedXml } from '../src/simulator/answer.ts';
import { type Figure, figureOf, machineMs, round } from './figures.ts';
import { MERCHANT } from './shop.ts';

/** What one client makes of a micropay exchange, without the wire between its two halves. */
interface Client {
  readonly name: string;
  /** Signs and builds the request. */
  write(nonce: string): string;
  /** Parses and verifies the reply; throws when it does not believe it. */
  read(reply: Buffer): Promise<void> | void;
}

const SIGN_TYPE = 'HMAC-SHA256';
/** One sample: enough of them for a clock, and over before a busy machine gives the core to somebody else. */
const EXCHANGES_A_SAMPLE = 10;
const WARM_UP_SAMPLES = 200;

const OURS = {
  appId: MERCHANT.appId,
  mchId: MERCHANT.mchId,
  apiKey: new Secret(MERCHANT.key),
  signType: SIGN_TYPE,
} as const;
const ORDER = {
  outTradeNo: '0001-01-000042-2k7q9',
  amountFen: fen(1230),
  body: '扫码便利店-零售',
  deviceInfo: '0001-01',
  attach: 'store=0001;terminal=01',
};
const CODE = '134567890123456789';
const ADDRESS = '192.168.1.20';

/** The signed reply that says that ORDER is paid, written as the gateway writes. */
function paidReply(): Buffer {
  const fields: Fields = {
    return_code: 'SUCCESS',
    return_msg: 'OK',
    appid: MERCHANT.appId,
    mch_id: MERCHANT.mchId,
    nonce_str: '5K8264ILTKCH16CQ2502SI8ZNMTM67VS',
    result_code: 'SUCCESS',
    openid: 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o',
    is_subscribe: 'N',
    trade_type: 'MICROPAY',
    bank_type: 'CMB_DEBIT',
    fee_type: 'CNY',
    total_fee: '1230',
    cash_fee: '1230',
    transaction_id: '4200000000202601020000000001',
    out_trade_no: ORDER.outTradeNo,
    attach: ORDER.attach,
    time_end: '20260102100511',
  };
  return Buffer.from(unsignedXml({ ...fields, sign: sign(fields, OURS.apiKey, SIGN_TYPE) }));
}

/** What the peers are asked for, which is what our own client sends of ORDER. */
function peerFields(nonce: string): Record<string, string> {
  const ids = { appid: MERCHANT.appId, mch_id: MERCHANT.mchId, nonce_str: nonce, sign_type: SIGN_TYPE };
  return { ...ids, ...payFields(ORDER, new Secret(CODE), ADDRESS) };
}

/** Besides the signature ours compares the ids and the amount, which the peers leave to their callers. */
const saoma: Client = {
  name: 'ours',
  write: (nonce) => signedXml(OURS, payFields(ORDER, new Secret(CODE), ADDRESS), nonce),
  read(reply) {
    const answer = readPayAnswer(parseXml(reply), { ...OURS, ...ORDER });
    if (answer.verdict !== 'PAID') throw new Error(`We read ${answer.verdict}`);
  },
};

function tenpay(): Client {
  const payment = new Payment({ appid: MERCHANT.appId, mchid: MERCHANT.mchId, partnerKey: MERCHANT.key });
  return {
    name: 'tenpay',
    write(nonce) {
      const fields = peerFields(nonce);
      return buildXML({ ...fields, sign: payment._getSign(fields, SIGN_TYPE) });
    },
    async read(reply) {
      await payment._parse(reply.toString(), 'micropay', SIGN_TYPE);
    },
  };
}

function axiosPlugin(): Client {
  const { signer, verifier } = new Transformer(MERCHANT.mchId, MERCHANT.key);
  const request = { url: 'pay/micropay', method: 'post' };
  return {
    name: 'wechatpay-axios-plugin',
    write: (nonce) => Transformer.toXml(signer.call(request, peerFields(nonce))),
    read(reply) {
      const verified = verifier.call(request, Transformer.toObject.call(request, reply.toString()));
      if (verified instanceof Error) throw verified;
    },
  };
}

/** Both halves of a micropay exchange by us and by two published clients, turn by turn; milliseconds for ten. */
export async function exchangeAgainstPeers(samples: number): Promise<{ figures: Figure[]; ratio: number }> {
  const reply = paidReply();
  const clients = [saoma, tenpay(), axiosPlugin()].map((client) => ({
    client,
    writes: samplesOf(),
    reads: samplesOf(),
  }));
  for (let sample = 0; sample < WARM_UP_SAMPLES + samples; sample++) {
    for (const { client, writes, reads } of clients) {
      const begunAt = machineMs();
      for (let n = 0; n < EXCHANGES_A_SAMPLE; n++) client.write(`5K8264ILTKCH16CQ2502SI8ZNMTM${1000 + n}`);
      const writtenAt = machineMs();
      for (let n = 0; n < EXCHANGES_A_SAMPLE; n++) await client.read(reply);
      if (sample < WARM_UP_SAMPLES) continue;
      writes.push(writtenAt - begunAt);
      reads.push(machineMs() - writtenAt);
    }
  }
  const figures = clients.flatMap(({ client: { name }, writes, reads }) => [
    figureOf(`10 × sign+build, ${name}`, writes),
    figureOf(`10 × parse+verify, ${name}`, reads),
  ]);
  const wholes = clients.map(({ writes, reads }) => middleOf(writes.map((write, at) => write + (reads[at] ?? 0))));
  const [ours = Number.NaN, ...theirs] = wholes;
  return { figures, ratio: round(ours / Math.min(...theirs)) };
}

function samplesOf(): number[] {
  return [];
}

function middleOf(samples: readonly number[]): number {
  return figureOf('', samples).p50;
}
