/** The words of QR codes that the till shows, in Chinese; i18n/zh-CN.ts has them under `qr`. */
export const qrZh = {
  alt: '微信收款码',
  offered: ['打开微信“扫一扫”，扫右边的码', '变绿才算收到，先不要交货'],
  placing: ['正在向微信支付要收款码', '还没有收款'],
  closing: ['先不要交货，也不要重新收这一单', '关闭之前，扫过码的顾客还可能付款', '付了，这里会马上显示'],
  closed: ['收款码已关闭，这笔没有收款'],
  trouble: (why: string) => `暂时核实不了：${why}`,
  line: {
    submitted: '向微信支付要收款码',
    placed: {
      PLACED: '收款码已出，等顾客扫码',
      REFUSED: (why: string) => `微信支付没有给收款码：${why}`,
      NOT_SENT: (why: string) => `没有送出去：${why}`,
      UNKNOWN: (why: string) => `没有明确答复，用同一单号再要一次：${why}`,
    },
    closed: {
      CLOSED: '收款码已关闭，再核实一次',
      ALREADY_PAID: '关闭之前顾客已经付款，去核实',
      NOT_FOUND: '微信支付没有这一单，去核实',
      AGAIN: (why: string) => `还没有关闭，会再试：${why}`,
      REFUSED: (why: string) => `微信支付不肯关闭：${why}`,
    },
  },
};
