import type { zhCN } from './zh-CN.ts';

/** What each language has to say: a missing or a surplus word does not compile. */
export type Messages = Worded<typeof zhCN>;

export type Worded<T> = T extends (...args: infer A) => string
  ? (...args: A) => string
  : T extends string
    ? string
    : { readonly [K in keyof T]: Worded<T[K]> };
