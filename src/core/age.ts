import type { BilingualText } from './advice.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** How long ago, as people say it: "3 分钟前", "3 min ago". A clock that was set back makes nothing negative. */
export function ageOf(ms: number): BilingualText {
  if (ms < MINUTE_MS) return { zh: '刚刚', en: 'just now' };
  if (ms < HOUR_MS) return inUnits(ms / MINUTE_MS, '分钟', 'min');
  if (ms < 2 * DAY_MS) return inUnits(ms / HOUR_MS, '小时', 'h');
  return inUnits(ms / DAY_MS, '天', 'days');
}

function inUnits(value: number, zh: string, en: string): BilingualText {
  const whole = Math.floor(value);
  return { zh: `${whole} ${zh}前`, en: `${whole} ${en} ago` };
}
