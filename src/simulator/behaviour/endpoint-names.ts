import type { Endpoint } from './behaviour.ts';
import { SIDE_ENDPOINT_NAMES } from './side-faults.ts';

/** Every call that can go differently; bills cannot. */
export const ENDPOINT_NAMES = [
  'micropay',
  'orderquery',
  'reverse',
  'refund',
  'refundquery',
  'unifiedorder',
  'closeorder',
  'authcodetoopenid',
  ...SIDE_ENDPOINT_NAMES,
] as const satisfies readonly Endpoint[];

export function isEndpoint(name: string): name is Endpoint {
  return ENDPOINT_NAMES.some((endpoint) => endpoint === name);
}
