import { billDayOf } from '../../core/bill-day.ts';
import { type Fen, fen, formatYuan, sumFen } from '../../core/money.ts';
import { beijingTime } from '../../core/time.ts';
import type { BillTable } from './bill-text.ts';
import { type AccountBooks, type Movement, type MovementKind, movementsOf } from './movements.ts';
import type { BillFrame } from './trade-bill.ts';

const NAMES: Readonly<Record<MovementKind, string>> = {
  paid: '交易',
  fee: '扣除交易手续费',
  'given-back': '退款',
  'fee-given-back': '退回交易手续费',
  'came-back': '退款退回',
  'red-packet': '微信红包',
  'red-packet-came-back': '微信红包退回',
  balance: '企业付款',
  'balance-came-back': '企业付款退回',
  bank: '企业付款到银行卡',
  'bank-came-back': '企业付款到银行卡退回',
  'payout-fee': '企业付款到银行卡手续费',
  'payout-fee-came-back': '退回企业付款到银行卡手续费',
};

const HEADER = [
  '记账时间',
  '微信支付业务单号',
  '资金流水单号',
  '业务名称',
  '业务类型',
  '收支类型',
  '收支金额(元)',
  '账户结余(元)',
  '资金变更提交申请人',
  '备注',
  '业务凭证号',
];
const TOTALS_HEADER = ['资金流水总笔数', '收入笔数', '收入金额', '支出笔数', '支出金额'];

/** The day's movements of the Basic account, where all of a shop's money passes; undefined when there were none. */
export function fundFlow(books: AccountBooks, frame: BillFrame): BillTable | undefined {
  let balanceFen = fen(0);
  const booked = movementsOf(books, frame.feeBasisPoints).map((movement, nth) => {
    balanceFen = fen(balanceFen + movement.amountFen);
    return { movement, nth, balanceFen };
  });
  const ofDay = booked.filter(({ movement: { at } }) => at >= frame.from && at < frame.to);
  if (ofDay.length === 0) return undefined;
  return {
    header: HEADER,
    rows: ofDay.map(({ movement, nth, balanceFen: after }) => rowOf(movement, nth, after, frame)),
    totalsHeader: TOTALS_HEADER,
    totals: totalsOf(ofDay.map(({ movement }) => movement.amountFen)),
  };
}

function rowOf(movement: Movement, nth: number, balanceFen: Fen, { merchant }: BillFrame): string[] {
  const { at, kind, amountFen, businessNo, note } = movement;
  return [
    beijingTime(at),
    businessNo,
    `${merchant.mchId}${billDayOf(at)}${String(nth + 1).padStart(10, '0')}`,
    NAMES[kind],
    NAMES[kind],
    amountFen > 0 ? '收入' : '支出',
    formatYuan(fen(Math.abs(amountFen))),
    formatYuan(balanceFen),
    'system',
    note,
    kind === 'given-back' ? `REF${businessNo}` : businessNo,
  ];
}

/** Counts are printed with a decimal here, as the document's own sample has them. */
function totalsOf(amounts: readonly Fen[]): string[] {
  const [came, went] = [amounts.filter((amount) => amount > 0), amounts.filter((amount) => amount < 0)];
  return [
    `${amounts.length}.0`,
    `${came.length}.0`,
    formatYuan(sumFen(came)),
    `${went.length}.0`,
    formatYuan(fen(0 - sumFen(went))),
  ];
}
