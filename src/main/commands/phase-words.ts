import type { BilingualText } from '../../core/advice.ts';
import type { Phase } from '../../core/payment-view.ts';

/** What each state of a payment is called on a command line. */
export const PHASE_WORDS: Readonly<Record<Phase, BilingualText>> = {
  working: { zh: '正在收款…', en: 'Charging…' },
  offered: { zh: '等顾客扫收款码…', en: 'Waiting for the customer to scan the QR code…' },
  password: { zh: '顾客正在输入密码…', en: 'The customer is entering a password…' },
  uncertain: {
    zh: '结果还不确定，先不要交货，正在查清…',
    en: 'Not certain yet, do not hand over the goods; resolving…',
  },
  cancelling: { zh: '正在撤销…', en: 'Taking the payment back…' },
  closing: { zh: '正在关闭收款码…', en: 'Closing the QR code’s order…' },
  attention: { zh: '需要人工处理：微信支付不接受撤销。', en: 'A person has to look: the gateway refuses to reverse.' },
  paid: { zh: '收款成功', en: 'Paid' },
  declined: { zh: '收款失败，钱没有动', en: 'Declined; no money moved' },
  cancelled: { zh: '已撤销，钱没有收', en: 'Cancelled; no money was taken' },
  givenUp: { zh: '店长已放弃查清，不算收款', en: 'Given up by a manager; not counted as paid' },
};
