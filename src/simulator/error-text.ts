const TEXTS: Readonly<Record<string, string>> = {
  SYSTEMERROR: '接口返回错误，请稍后再试',
  BANKERROR: '银行系统异常，请查询结果',
  USERPAYING: '需要用户输入支付密码',
  PARAM_ERROR: '参数错误',
  LACK_PARAMS: '缺少参数',
  ORDERPAID: '该订单已支付',
  ORDERCLOSED: '订单已关闭',
  ORDERREVERSED: '订单已撤销，请重新下单支付',
  ORDERNOTEXIST: '此交易订单号不存在',
  NOAUTH: '商户无此接口权限',
  NOTENOUGH: '余额不足，请换卡支付',
  NOTSUPORTCARD: '不支持该卡，请换卡支付',
  AUTHCODEEXPIRE: '付款码已过期，请刷新后再试',
  AUTH_CODE_ERROR: '付款码错误，请刷新后再试',
  AUTH_CODE_INVALID: '付款码无效，请刷新后再试',
  BUYER_MISMATCH: '支付账号不一致，请更换订单号',
  OUT_TRADE_NO_USED: '商户订单号重复',
  INVALID_REQUEST: '请求不合法',
  INVALID_TRANSACTIONID: '无效的交易订单号',
  TRADE_ERROR: '交易失败',
  REVERSE_EXPIRE: '订单已超过可撤销的期限',
  BIZERR_NEED_RETRY: '退款业务流程错误，请以原单号重试',
  ORDER_NOT_READY: '订单处理中，请稍后以原单号重试',
  FREQUENCY_LIMITED: '频率限制，请稍后以原单号重试',
  INVALID_REQ_TOO_MUCH: '无效请求过多，请一分钟后再试',
  USER_ACCOUNT_ABNORMAL: '用户账户异常或已注销',
  TRADE_OVERDUE: '订单已超过可退款的期限',
  REFUND_FEE_MISMATCH: '退款金额与之前同一退款单号的请求不同',
  REFUNDNOTEXIST: '退款单不存在',
  TRADE_STATE_ERROR: '订单状态错误',
  RULELIMIT: '交易受规则限制',
};

/** What the service says beside an error code: for people, never to be parsed. */
export function describeError(errCode: string): string {
  return TEXTS[errCode] ?? '交易未成功';
}
