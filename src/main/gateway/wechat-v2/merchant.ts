import type { Secret } from '../../../core/secret.ts';
import type { SignType } from './wire/sign.ts';

/** Who asks, and how the two sides sign. */
export interface Merchant {
  readonly appId: string;
  readonly mchId: string;
  /** Both only for a service provider, whose own ids appId and mchId then are. */
  readonly subAppId?: string | undefined;
  readonly subMchId?: string | undefined;
  readonly apiKey: Secret;
  readonly signType: SignType;
}
