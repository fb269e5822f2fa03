import type { FundFlowRow, FundFlowTotals } from '../../../../core/bill.ts';
import { BillFault } from './bill-error.ts';
import { type BillFormat, difference, findColumns, type Tally } from './bill-format.ts';
import type { BillLine } from './bill-line.ts';

/* The bill of one account's movements, of downloadfundflow. */

const COLUMNS = {
  bookedAt: ['记账时间'],
  businessNo: ['微信支付业务单号'],
  flowId: ['资金流水单号'],
  businessName: ['业务名称'],
  businessType: ['业务类型'],
  direction: ['收支类型'],
  amount: ['收支金额(元)', '收支金额（元）'],
  balance: ['账户结余(元)', '账户结余（元）'],
  applicant: ['资金变更提交申请人'],
  note: ['备注'],
  voucherNo: ['业务凭证号'],
} as const;

const TOTALS = {
  rows: ['资金流水总笔数'],
  inRows: ['收入笔数'],
  inSum: ['收入金额'],
  outRows: ['支出笔数'],
  outSum: ['支出金额'],
} as const;

const DIRECTIONS: Readonly<Record<string, FundFlowRow['direction']>> = { 收入: 'in', 支出: 'out' };

export const FUND_FLOW: BillFormat<FundFlowRow, FundFlowTotals> = {
  totalsBegin: '资金流水总笔数',
  rowReader(header) {
    const at = findColumns(header, COLUMNS);
    const needed = [at.bookedAt, at.businessNo, at.flowId, at.direction, at.amount];
    if (needed.some((column) => column < 0)) return undefined;
    return (line) => ({
      bookedAt: line.text(at.bookedAt),
      businessNo: line.text(at.businessNo),
      flowId: line.text(at.flowId),
      businessName: line.text(at.businessName),
      businessType: line.text(at.businessType),
      direction: directionIn(line, at.direction),
      amountFen: line.fen(at.amount),
      balanceFen: line.fen(at.balance),
      applicant: line.text(at.applicant),
      note: line.text(at.note),
      voucherNo: line.text(at.voucherNo),
    });
  },
  totalsReader(header) {
    const at = findColumns(header, TOTALS);
    if (Object.values(at).some((column) => column < 0)) return undefined;
    return (line) => ({
      rows: line.integer(at.rows),
      inRows: line.integer(at.inRows),
      inFen: line.fen(at.inSum),
      outRows: line.integer(at.outRows),
      outFen: line.fen(at.outSum),
    });
  },
  tally,
};

function tally(): Tally<FundFlowRow, FundFlowTotals> {
  let [inRows, inFen, outRows, outFen] = [0, 0, 0, 0];
  return {
    add({ direction, amountFen }) {
      if (direction === 'in') {
        inRows += 1;
        inFen += amountFen;
      } else {
        outRows += 1;
        outFen += amountFen;
      }
    },
    disagreement(said) {
      return (
        difference('资金流水总笔数', said.rows, inRows + outRows) ??
        difference('收入笔数', said.inRows, inRows) ??
        difference('收入金额', said.inFen, inFen) ??
        difference('支出笔数', said.outRows, outRows) ??
        difference('支出金额', said.outFen, outFen)
      );
    },
  };
}

function directionIn(line: BillLine, column: number): FundFlowRow['direction'] {
  const direction = DIRECTIONS[line.text(column)];
  if (direction === undefined) throw new BillFault('BILL_MALFORMED', `neither in nor out in column ${column + 1}`);
  return direction;
}
