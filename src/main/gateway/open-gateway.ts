import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Scenario } from '../../contract/types.ts';
import { codeOf, wordsOf } from '../../core/caught.ts';
import type { Fen } from '../../core/money.ts';
import { SIMULATOR_GATEWAY } from '../../core/receipt.ts';
import { Secret } from '../../core/secret.ts';
import type { Clock } from '../../core/time.ts';
import { SAMPLE_MERCHANT } from '../../simulator/options.ts';
import { startSimulator } from '../../simulator/simulator.ts';
import type { Config, WechatConfig } from '../config/config.ts';
import { Trouble } from '../trouble.ts';
import type { TroubleCode } from '../trouble-texts.ts';
import {
  CertificateError,
  type CertificateErrorCode,
  type ClientCertificate,
} from './wechat-v2/certificate/client-certificate.ts';
import { type CertificateSource, loadClientCertificate } from './wechat-v2/certificate/load-certificate.ts';
import { createWechatV2Gateway, type WechatV2Gateway } from './wechat-v2/client.ts';

export interface GatewayOptions {
  readonly config: Config;
  readonly dataDir: string;
  readonly clock: Clock;
  /** After each call: the state of the line may have changed. */
  readonly onWire: () => void;
  /** After the state of a host's line has changed, by a call or by a connection made ahead. */
  readonly onLine?: () => void;
}

/** The embedded simulator as the rest of the terminal sees it. */
export interface EmbeddedSimulator {
  readonly scenarios: readonly Scenario[];
  freshCode(scenario: string): string;
  /** A customer pays so much on the store's static code. Returns the transaction's number, as the phone shows it. */
  payStatic(amountFen: Fen): string;
  /** A customer of this scenario scans the till's QR code. Does nothing when that leads nowhere any more. */
  visit(codeUrl: string, scenario: string): void;
  close(): Promise<void>;
}

export interface OpenGateway {
  readonly gateway: WechatV2Gateway;
  readonly simulator: EmbeddedSimulator | undefined;
  /** When the client certificate ends, in epoch milliseconds. */
  readonly certificateExpiresAt: number;
}

/** What a payment's `gateway` says: whoever answers for it must be the same. */
export function nameOfGateway({ gateway }: Pick<Config, 'gateway'>): string {
  if (gateway.kind === 'simulator') return SIMULATOR_GATEWAY;
  const { mchId, subMchId } = gateway;
  return ['wechat-v2', mchId, ...(subMchId === undefined ? [] : [subMchId])].join(':');
}

/**
 * The gateway that the settings name: WeChat Pay, or the embedded simulator, over the very same client and TLS.
 *
 * @throws Trouble when a key or certificate is not there, not readable or not right.
 */
export async function openGateway(options: GatewayOptions): Promise<OpenGateway> {
  const { gateway } = options.config;
  return gateway.kind === 'simulator' ? openSimulated(options, gateway) : openWechat(options, gateway);
}

async function openSimulated(
  { config, dataDir, clock, onWire, onLine }: GatewayOptions,
  { passwordMs, slowMs }: Extract<Config['gateway'], { kind: 'simulator' }>,
): Promise<OpenGateway> {
  const folder = join(dataDir, 'simulator');
  const simulator = await startSimulator({
    dataDir: folder,
    certDir: folder,
    delays: {
      ...(passwordMs === undefined ? {} : { passwordMs }),
      ...(slowMs === undefined ? {} : { slowMs }),
      reverseNotBeforeMs: config.timings.reverseNotBeforeMs,
    },
  });
  const clientCertificate = await loadClientCertificate(
    { certFile: join(folder, 'apiclient_cert.pem'), keyFile: join(folder, 'apiclient_key.pem') },
    clock.now(),
  );
  const gateway = createWechatV2Gateway({
    ...SAMPLE_MERCHANT,
    hosts: [simulator.baseUrl],
    ca: simulator.caPem,
    clientCertificate,
    timeouts: config.timeouts,
    random: randomBytes,
    clock,
    onWire,
    onLine,
  });
  return {
    gateway,
    simulator: {
      ...simulator,
      payStatic: (amountFen) => simulator.payStatic(amountFen).transactionId,
      visit(codeUrl, scenario) {
        try {
          simulator.pay(codeUrl, scenario);
        } catch (error) {
          // Closed, run out, or another customer is at it: the phone says so, and the till hears nothing.
          if (!(error instanceof RangeError)) throw error;
        }
      },
    },
    certificateExpiresAt: clientCertificate.expiresAt,
  };
}

async function openWechat(
  { config, dataDir, clock, onWire, onLine }: GatewayOptions,
  settings: WechatConfig,
): Promise<OpenGateway> {
  const { appId, mchId, subAppId, subMchId, signType, hosts, caFile } = settings;
  const at = (file: string) => resolve(dataDir, file);
  const clientCertificate = await readCertificate(settings, at, clock.now());
  const gateway = createWechatV2Gateway({
    appId,
    mchId,
    ...(subAppId === undefined ? {} : { subAppId }),
    ...(subMchId === undefined ? {} : { subMchId }),
    apiKey: readApiKey(settings, at),
    signType,
    hosts,
    ...(caFile === undefined ? {} : { ca: readText(at(caFile), 'CERT_MISSING', 'CERT_UNREADABLE') }),
    clientCertificate,
    timeouts: config.timeouts,
    random: randomBytes,
    clock,
    onWire,
    onLine,
  });
  return { gateway, simulator: undefined, certificateExpiresAt: clientCertificate.expiresAt };
}

function readApiKey({ apiKey, apiKeyFile }: WechatConfig, at: (file: string) => string): Secret {
  if (apiKeyFile === undefined && apiKey === undefined) throw new Trouble('KEY_MISSING', 'apiKeyFile');
  const text = apiKeyFile === undefined ? apiKey : readText(at(apiKeyFile), 'KEY_UNREADABLE', 'KEY_UNREADABLE');
  const key = text?.trim() ?? '';
  if (!/^[0-9A-Za-z]{32}$/.test(key))
    throw new Trouble('KEY_INVALID', `${apiKeyFile ?? 'apiKey'}: ${key.length} characters`);
  return new Secret(key);
}

/** @throws Trouble CERT_*: each of them stops the till before it sells what it could not take back. */
export async function readCertificate(
  settings: WechatConfig,
  at: (file: string) => string,
  now: number,
): Promise<ClientCertificate> {
  const { certificate, mchId } = settings;
  if (certificate === undefined) throw new Trouble('CERT_MISSING', 'gateway.certificate is not set');
  const source: CertificateSource =
    'p12File' in certificate
      ? { p12File: at(certificate.p12File), password: new Secret(certificate.password ?? mchId) }
      : { certFile: at(certificate.certFile), keyFile: at(certificate.keyFile) };
  try {
    return await loadClientCertificate(source, now);
  } catch (error) {
    if (error instanceof CertificateError) throw new Trouble(CERTIFICATE_TROUBLE[error.code], error.message);
    throw error;
  }
}

const CERTIFICATE_TROUBLE: Readonly<Record<CertificateErrorCode, TroubleCode>> = {
  FILE_MISSING: 'CERT_MISSING',
  FILE_UNREADABLE: 'CERT_UNREADABLE',
  WRONG_PASSWORD: 'CERT_PASSWORD',
  DAMAGED: 'CERT_DAMAGED',
  UNSUPPORTED: 'CERT_DAMAGED',
  NO_CERTIFICATE: 'CERT_DAMAGED',
  NO_KEY: 'CERT_DAMAGED',
  KEY_MISMATCH: 'CERT_DAMAGED',
  EXPIRED: 'CERT_EXPIRED',
  NOT_YET_VALID: 'CERT_EXPIRED',
};

function readText(path: string, missing: TroubleCode, unreadable: TroubleCode): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new Trouble(codeOf(error) === 'ENOENT' ? missing : unreadable, wordsOf(error));
  }
}
