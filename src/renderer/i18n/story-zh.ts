import { type Fen, showYuan } from '../../core/money.ts';

/** The words of a sale’s story in Chinese; i18n/zh-CN.ts has them under `story`. */
export const storyZh = {
  title: (number: string) => `单号 ${number}`,
  what: '经过',
  receipt: '小票',
  receiptAlt: '这一单的小票',
  openReceipt: '看小票和经过',
  reprint: '重打小票',
  reprinted: (copy: number) => `已送去打印，第 ${copy} 次重打`,
  reprintFailed: '没有打出来，请再试一次',
  noReceipt: '付款成功后才有小票',
  failed: '读不到这一单的经过，请关掉再打开',
  loading: '正在读取…',
  close: '关闭',
  orderNumber: '商户单号',
  transaction: '微信交易号',
  forSupport: '给客服看的代码',
} as const;

/** The words of each line of a story in Chinese; i18n/zh-CN.ts has them under `storyLine`. */
export const storyLineZh = {
  opened: (amount: Fen) => `要收 ${showYuan(amount)}`,
  abandoned: '没有付款，这一单结束',
  cashReceived: (tendered: Fen, change: Fen) => `收到现金 ${showYuan(tendered)}，找零 ${showYuan(change)}`,
  submitted: (attempt: number) => (attempt > 1 ? `第 ${attempt} 次扫码，送往微信支付` : '扫到付款码，送往微信支付'),
  answered: {
    PAID: '微信支付：已收到',
    DECLINED: (why: string) => `微信支付没有收：${why}`,
    NOT_SENT: (why: string) => `没有送出去：${why}`,
    UNKNOWN: (why: string) => `没有明确答复：${why}`,
  },
  queried: {
    PAID: '核实：已收到',
    NOT_FOUND: '核实：微信支付没有这一单',
    NOT_PAID: '核实：还没有付',
    AWAITING_PASSWORD: '核实：顾客正在输密码',
    FAILED: '核实：付款失败',
    CLOSED: '核实：这一单已关闭，没有收款',
    UNKNOWN: (why: string) => `核实没有结果，会再问：${why}`,
  },
  reversed: {
    REVERSED: '已撤销，扣过的钱原路退回',
    AGAIN: (why: string) => `撤销还没办成，会再试：${why}`,
    REFUSED: (why: string) => `微信支付不给撤销：${why}`,
  },
  cancelRequested: '收银员要求撤销',
  givenUp: (manager: string, why: string) => `${manager} 放弃查清，不算收款：${why}`,
  resumed: '终端重新启动，接着核实这一笔',
  printQueued: (copy: number) => (copy > 0 ? `第 ${copy} 次重打，排队打印` : '小票排队打印'),
  printSending: '小票送往打印机',
  printSettled: {
    printed: '小票打印完成',
    sent: '小票已送到打印机',
    unknown: '小票可能没打全，请看一眼',
    queued: '打印机没有接，稍后再打',
    dropped: '这张小票不再打印',
  },
  started: (version: string) => `终端启动，版本 ${version}`,
  clockJumped: (seconds: number) => `电脑时间跳了 ${seconds} 秒`,
  noReason: '原因不明',
} as const;
