import { type Fen, fen, formatYuan, sumFen } from '../../core/money.ts';
import { beijingTime } from '../../core/time.ts';
import { settlementFields } from '../endpoints/settlement.ts';
import type { SimOrder } from '../ledger/order.ts';
import type { SimRefund } from '../ledger/refund.ts';
import type { Merchant } from '../options.ts';
import { type BillTable, feeYuan, ratePercent } from './bill-text.ts';
import { orderFeeFen, refundFeesFen } from './fees.ts';

/** The types that this simulator's shops can have rows in; nobody tops anything up here. */
export type TradeBillType = 'ALL' | 'SUCCESS' | 'REFUND';

/** What of the ledger a day's bill shows: `[from, to)`, with refunds in the state they had at `madeAt`. */
export interface BillFrame {
  readonly from: number;
  readonly to: number;
  readonly madeAt: number;
  readonly merchant: Merchant;
  readonly feeBasisPoints: number;
}

interface Entry {
  readonly at: number;
  readonly state: 'SUCCESS' | 'REFUND' | 'REVOKED';
  readonly order: SimOrder;
  readonly orderFen: Fen;
  readonly couponFen: Fen;
  readonly refundFen: Fen;
  readonly couponRefundFen: Fen;
  readonly feeFen: Fen;
  readonly refund?: SimRefund;
  /** PROCESSING may have ended since. */
  readonly refundState: string;
}

const NONE = fen(0);

/** The table of the day; undefined when it would be empty. */
export function tradeBill(orders: readonly SimOrder[], type: TradeBillType, frame: BillFrame): BillTable | undefined {
  const entries = orders
    .flatMap((order) => entriesOf(order, frame))
    .filter(({ at, state }) => at >= frame.from && at < frame.to && isOfType(type, state))
    .sort((a, b) => a.at - b.at);
  if (entries.length === 0) return undefined;
  const columns = COLUMNS.filter(({ only }) => only === undefined || only.includes(type));
  return {
    header: columns.map(({ name }) => name),
    rows: entries.map((entry) => columns.map(({ cell }) => cell(entry, frame))),
    totalsHeader: TOTALS.map(({ name }) => name),
    totals: TOTALS.map(({ cell }) => cell(entries)),
  };
}

/** A reversal gives money back, and is listed where refunds are. */
function isOfType(type: TradeBillType, state: Entry['state']): boolean {
  return type === 'ALL' || (type === 'SUCCESS') === (state === 'SUCCESS');
}

/** The payment, its reversal and its refunds: a row each. What was never paid is in no bill. */
function entriesOf(order: SimOrder, { feeBasisPoints, madeAt }: BillFrame): Entry[] {
  const { paidAt, reversedAt, amountFen, couponFen, returnedFen, refunds } = order;
  if (paidAt === undefined) return [];
  const feeFen = orderFeeFen(order, feeBasisPoints);
  const fees = refundFeesFen(order, feeBasisPoints);
  const nothing = { order, orderFen: NONE, couponFen: NONE, refundFen: NONE, couponRefundFen: NONE, refundState: '' };
  return [
    { ...nothing, at: paidAt, state: 'SUCCESS', orderFen: amountFen, couponFen, feeFen },
    ...(reversedAt === undefined
      ? []
      : [
          {
            ...nothing,
            at: reversedAt,
            state: 'REVOKED' as const,
            refundFen: returnedFen,
            couponRefundFen: couponFen,
            feeFen: fen(0 - feeFen),
            refundState: 'SUCCESS',
          },
        ]),
    ...refunds.map((refund, nth) => ({
      ...nothing,
      at: refund.acceptedAt,
      state: 'REFUND' as const,
      refundFen: refund.refundFen,
      couponRefundFen: refund.couponFen,
      feeFen: fen(0 - (fees[nth] ?? 0)),
      refund,
      refundState: (refund.endedAt ?? Number.POSITIVE_INFINITY) > madeAt ? 'PROCESSING' : refund.state,
    })),
  ];
}

interface Column {
  readonly name: string;
  readonly cell: (entry: Entry, frame: BillFrame) => string;
  /** The bills that have it; all of them when left out. */
  readonly only?: readonly TradeBillType[];
}

const WITH_REFUNDS = ['ALL', 'REFUND'] as const;
const REFUNDS_ALONE = ['REFUND'] as const;

/** In the order of the document's tables. */
const COLUMNS: readonly Column[] = [
  { name: '交易时间', cell: ({ at }) => beijingTime(at) },
  { name: '公众账号ID', cell: (_, { merchant }) => merchant.appId },
  { name: '商户号', cell: (_, { merchant }) => merchant.mchId },
  { name: '特约商户号', cell: () => '0' },
  { name: '设备号', cell: ({ order }) => order.deviceInfo },
  { name: '微信订单号', cell: ({ order }) => order.transactionId },
  { name: '商户订单号', cell: ({ order }) => order.outTradeNo },
  { name: '用户标识', cell: ({ order }) => order.openid },
  { name: '交易类型', cell: ({ order }) => settlementFields(order).trade_type ?? '' },
  { name: '交易状态', cell: ({ state }) => state },
  { name: '付款银行', cell: ({ order }) => order.bankType },
  { name: '货币种类', cell: ({ order }) => settlementFields(order).fee_type ?? '' },
  // Its coupons are topped up by somebody, so that the merchant is paid the whole order.
  { name: '应结订单金额', cell: ({ orderFen }) => formatYuan(orderFen) },
  { name: '代金券金额', cell: ({ couponFen }) => formatYuan(couponFen) },
  { name: '退款申请时间', cell: ({ at }) => beijingTime(at), only: REFUNDS_ALONE },
  { name: '退款成功时间', cell: succeededAt, only: REFUNDS_ALONE },
  { name: '微信退款单号', cell: ({ refund }) => refund?.refundId ?? '0', only: WITH_REFUNDS },
  { name: '商户退款单号', cell: ({ refund }) => refund?.outRefundNo ?? '0', only: WITH_REFUNDS },
  { name: '退款金额', cell: ({ refundFen }) => formatYuan(refundFen), only: WITH_REFUNDS },
  { name: '充值券退款金额', cell: ({ couponRefundFen }) => formatYuan(couponRefundFen), only: WITH_REFUNDS },
  { name: '退款类型', cell: ({ state }) => (state === 'SUCCESS' ? '' : 'ORIGINAL'), only: WITH_REFUNDS },
  { name: '退款状态', cell: ({ refundState }) => refundState, only: WITH_REFUNDS },
  { name: '商品名称', cell: ({ order }) => order.body },
  { name: '商户数据包', cell: ({ order }) => order.attach ?? '' },
  { name: '手续费', cell: ({ feeFen }) => feeYuan(feeFen) },
  { name: '费率', cell: (_, { feeBasisPoints }) => ratePercent(feeBasisPoints) },
  { name: '订单金额', cell: ({ orderFen }) => formatYuan(orderFen) },
  { name: '申请退款金额', cell: ({ refundFen }) => formatYuan(refundFen), only: WITH_REFUNDS },
  { name: '费率备注', cell: () => '' },
];

const TOTALS: readonly { readonly name: string; readonly cell: (entries: readonly Entry[]) => string }[] = [
  { name: '总交易单数', cell: ({ length }) => String(length) },
  { name: '应结订单总金额', cell: (entries) => sumYuan(entries, ({ orderFen }) => orderFen) },
  { name: '退款总金额', cell: (entries) => sumYuan(entries, ({ refundFen }) => refundFen) },
  { name: '充值券退款总金额', cell: (entries) => sumYuan(entries, ({ couponRefundFen }) => couponRefundFen) },
  { name: '手续费总金额', cell: (entries) => feeYuan(sumFen(entries.map(({ feeFen }) => feeFen))) },
  { name: '订单总金额', cell: (entries) => sumYuan(entries, ({ orderFen }) => orderFen) },
  { name: '申请退款总金额', cell: (entries) => sumYuan(entries, ({ refundFen }) => refundFen) },
];

function sumYuan(entries: readonly Entry[], pick: (entry: Entry) => Fen): string {
  return formatYuan(sumFen(entries.map(pick)));
}

function succeededAt({ at, refund, refundState }: Entry): string {
  return refundState === 'SUCCESS' ? beijingTime(refund?.endedAt ?? at) : '';
}
