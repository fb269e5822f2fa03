import type { Fields } from '../main/gateway/wechat-v2/wire/sign.ts';

/** `sub_appid` and `sub_mch_id`, when a service provider asks for somebody else: they come back as they were. */
export function onBehalfOf({ sub_appid, sub_mch_id }: Fields): Record<string, string> {
  return { ...(sub_appid ? { sub_appid } : {}), ...(sub_mch_id ? { sub_mch_id } : {}) };
}
