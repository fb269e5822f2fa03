/** Reports to the back office. */
export const uploadZh = {
  banner: {
    refused: (count: number) => `${count} 条账目后台没收下`,
    waiting: (age: string) => `账目上传在等 · 最早 ${age}`,
  },
  sum: (count: number, age: string) => `${count} 条账目等待上传后台 · 最早 ${age}`,
  byItself: '连上后台自动补传，收款不受影响',
  off: '后台上传已关闭，这些先留着',
  lastError: (words: string) => `上次：${words}`,
  refused: '后台没收下',
  said: (words: string) => `后台说：${words}`,
  next: '钱不受影响。请店长让后台改好，再传一次',
  again: '再传一次',
  trying: '正在传',
  giveUp: '不传了…',
  giveUpMeans: '这一条不再上传；账本里还在，钱不受影响。请在后台手工补录。',
  giveUpExample: '例：已在后台手工补录',
  giveUpConfirm: '确定不传',
};
