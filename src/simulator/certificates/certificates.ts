/** Everything both ends of the line need. */
export interface Certificates {
  readonly caPem: string;
  readonly serverCertPem: string;
  readonly serverKeyPem: string;
  /** What the merchant platform would have given out as apiclient_cert.pem, apiclient_key.pem and apiclient_cert.p12. */
  readonly clientCertPem: string;
  readonly clientKeyPem: string;
  /** Its passphrase is the mch_id. */
  readonly clientP12: Buffer;
}
