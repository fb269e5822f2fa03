import type { Secret } from '../../../../core/secret.ts';

/** The merchant's API certificate, ready for TLS. It is asked for where money goes out: reversals and refunds. */
export interface ClientCertificate {
  /** The certificate itself first, then whatever else of its chain came with it. */
  readonly certPem: string;
  readonly keyPem: Secret;
  readonly subject: string;
  /** Epoch milliseconds. WeChat Pay's certificates live for five years. */
  readonly expiresAt: number;
}

export type CertificateErrorCode =
  | 'FILE_MISSING'
  | 'FILE_UNREADABLE'
  /** Not PEM or PKCS#12 at all, cut short, or changed. */
  | 'DAMAGED'
  | 'WRONG_PASSWORD'
  /** Packed by a method that we cannot unpack. */
  | 'UNSUPPORTED'
  | 'NO_CERTIFICATE'
  | 'NO_KEY'
  | 'KEY_MISMATCH'
  | 'EXPIRED'
  | 'NOT_YET_VALID';

const CONSEQUENCE =
  'Payments can be taken, but none can be cancelled or given back until this is mended: no money is lost meanwhile.';

/** Life, not a bug: its message says what is wrong, what it means for the money, and what to do. Quotes no secret. */
export class CertificateError extends Error {
  override name = 'CertificateError';
  readonly code: CertificateErrorCode;

  constructor(code: CertificateErrorCode, trouble: string, remedy: string) {
    super(`${trouble} ${CONSEQUENCE} ${remedy}`);
    this.code = code;
  }
}
