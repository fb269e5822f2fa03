import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { codeOf, wordsOf } from '../../core/caught.ts';
import { fen, SALE_MAX_FEN } from '../../core/money.ts';
import { STORE_ID, TERMINAL_ID } from '../../core/order-number.ts';
import { DEFAULT_TIMINGS, type Timings } from '../../core/payment.ts';
import { isProtectedUrl } from '../../core/protected-url.ts';
import { DEFAULT_STATIC_LIMITS, type StaticLimits } from '../../core/static-limits.ts';
import { DEFAULT_CONCURRENCY, DEFAULT_RATE_PER_SECOND } from '../queue/pacer.ts';
import { Trouble } from '../trouble.ts';
import { UploadSettingsSchema } from '../upload/settings.ts';

export const CONFIG_FILE = 'config.json';

const Ms = z.int().min(0).max(86_400_000);

const TimingsSchema = z.strictObject({
  pollMs: Ms.min(10).default(DEFAULT_TIMINGS.pollMs),
  giveUpMs: Ms.default(DEFAULT_TIMINGS.giveUpMs),
  reverseNotBeforeMs: Ms.default(DEFAULT_TIMINGS.reverseNotBeforeMs),
  reverseBackoffMs: z
    .array(Ms.min(10))
    .min(1)
    .default([...DEFAULT_TIMINGS.reverseBackoffMs]),
  lateCheckMs: Ms.default(DEFAULT_TIMINGS.lateCheckMs),
  attentionPollMs: Ms.min(10).default(DEFAULT_TIMINGS.attentionPollMs),
}) satisfies z.ZodType<Timings>;

/** Certificate paths are relative to the data folder unless absolute. */
const CertificateSchema = z.union([
  z.strictObject({ certFile: z.string().min(1), keyFile: z.string().min(1) }),
  z.strictObject({ p12File: z.string().min(1), password: z.string().optional() }),
]);

const WechatSchema = z.strictObject({
  kind: z.literal('wechat-v2'),
  appId: z.string().min(1).max(32),
  mchId: z.string().min(1).max(32),
  subAppId: z.string().min(1).max(32).optional(),
  subMchId: z.string().min(1).max(32).optional(),
  /** The file that holds the APIv2 key, 32 characters. Better than `apiKey`, which the config file then holds. */
  apiKeyFile: z.string().min(1).optional(),
  apiKey: z.string().min(1).optional(),
  signType: z.enum(['HMAC-SHA256', 'MD5']).default('HMAC-SHA256'),
  certificate: CertificateSchema.optional(),
  /** Tried in order: the second is the fail-over. */
  hosts: z
    .array(z.url().refine(isProtectedUrl, 'https:// only, except on this machine itself'))
    .min(1)
    .max(4)
    .default(['https://api.mch.weixin.qq.com', 'https://api2.mch.weixin.qq.com']),
  /** PEM file of a private authority, for a simulator; absent: the system's own. */
  caFile: z.string().min(1).optional(),
});

const SimulatorSchema = z.strictObject({
  kind: z.literal('simulator'),
  /** How long the simulated customer types. */
  passwordMs: Ms.optional(),
  /** How long the slow scenarios take to answer. */
  slowMs: Ms.optional(),
});

const TimeoutsSchema = z.strictObject({
  connectMs: Ms.min(10).default(3_000),
  payMs: Ms.min(10).default(10_000),
  queryMs: Ms.min(10).default(5_000),
  reverseMs: Ms.min(10).default(10_000),
  orderMs: Ms.min(10).default(10_000),
});

/** How fast what waits is worked off, beside the sales. 0 = no limit. */
const QueueSchema = z.strictObject({
  ratePerSecond: z.number().min(0).max(10_000).default(DEFAULT_RATE_PER_SECOND),
  concurrency: z.int().min(0).max(1_000).default(DEFAULT_CONCURRENCY),
});

const LimitFen = z.int().min(1).max(SALE_MAX_FEN).transform(fen);

/** Payments on the store's static code, which a manager approves and nothing proves at once. Amounts in fen. */
const ToVerifySchema = z.strictObject({
  enabled: z.boolean().default(DEFAULT_STATIC_LIMITS.enabled),
  perPaymentFen: LimitFen.default(DEFAULT_STATIC_LIMITS.perPaymentFen),
  inAllFen: LimitFen.default(DEFAULT_STATIC_LIMITS.inAllFen),
}) satisfies z.ZodType<StaticLimits>;

/** QR codes that the till shows and the customer scans. */
const QrSchema = z.strictObject({
  /** How long one is shown. */
  showMs: Ms.min(10).default(300_000),
  /** WeChat Pay lets an order be closed no sooner after it was placed. */
  closeNotBeforeMs: Ms.default(300_000),
  /** Where WeChat Pay announces payments: it wants an address even if nobody listens there. */
  notifyUrl: z.url().max(256).default('https://localhost/'),
});

const BackupSchema = z.strictObject({
  /** Better on another drive; relative to the data folder unless absolute. Absent: `backups` in the data folder. */
  folder: z.string().min(1).optional(),
  /** 0: only when asked. */
  everyHours: z.number().min(0).max(168).default(24),
  keepCount: z.int().min(1).max(10_000).default(30),
  keepDays: z.int().min(1).max(3_660).default(90),
});

const ConfigSchema = z.strictObject({
  store: z
    .strictObject({
      id: z.string().regex(STORE_ID).default('0001'),
      name: z.string().min(1).max(64).default('扫码便利店'),
      /** What the customer's phone shows: "store-category". */
      orderBody: z.string().min(1).max(127).optional(),
    })
    .prefault({}),
  terminal: z.strictObject({ id: z.string().regex(TERMINAL_ID).default('01') }).prefault({}),
  gateway: z.discriminatedUnion('kind', [SimulatorSchema, WechatSchema]).prefault({ kind: 'simulator' }),
  timings: TimingsSchema.prefault({}),
  timeouts: TimeoutsSchema.prefault({}),
  queue: QueueSchema.prefault({}),
  toVerify: ToVerifySchema.prefault({}),
  qr: QrSchema.prefault({}),
  /** `serial:/dev/ttyUSB0@9600`, `virtual` or `none` (a keyboard-wedge scanner needs no entry). */
  scanner: z.string().min(1).optional(),
  /** `tcp:192.168.1.50:9100`, `file:/dev/usb/lp0`, `virtual` or `none`. */
  printer: z.string().min(1).optional(),
  backup: BackupSchema.prefault({}),
  /** Where WeChat Pay's notifications come in, from a proxy that speaks TLS to the internet. Absent: nowhere. */
  notifications: z
    .strictObject({ port: z.int().min(0).max(65_535), host: z.string().min(1).default('127.0.0.1') })
    .optional(),
  /** off: this shop has none. asked: the screen offers to open one, and never holds up a sale for it. */
  shifts: z.enum(['off', 'asked']).default('asked'),
  /** Where outcomes are reported to. Absent: nowhere. */
  upload: UploadSettingsSchema.optional(),
  paperWidthMm: z.literal([58, 80]).default(80),
});

export type Config = z.output<typeof ConfigSchema>;
export type WechatConfig = z.output<typeof WechatSchema>;

/**
 * One terminal's settings: `config.json` in its data folder, overridden by `SAOMA_*` variables, overridden by the
 * command line. Every setting has a default: without any, the embedded simulator stands in for WeChat Pay.
 *
 * @throws Trouble CONFIG_UNREADABLE or CONFIG_INVALID, saying where.
 */
export function loadConfig(
  dataDir: string,
  env: Readonly<Record<string, string | undefined>>,
  flags: { readonly scanner?: string | undefined; readonly printer?: string | undefined } = {},
): Config {
  const path = join(dataDir, CONFIG_FILE);
  const merged = { ...merge(readConfigFile(path), fromEnvironment(env)) };
  if (flags.scanner !== undefined) merged.scanner = flags.scanner;
  if (flags.printer !== undefined) merged.printer = flags.printer;
  const parsed = ConfigSchema.safeParse(merged);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new Trouble('CONFIG_INVALID', `${path}: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`);
}

function readConfigFile(path: string): Record<string, unknown> {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return {};
    throw new Trouble('CONFIG_UNREADABLE', `${path}: ${wordsOf(error)}`);
  }
  try {
    const value: unknown = JSON.parse(text.replace(/^\uFEFF/, ''));
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
  } catch (error) {
    // The message is the parser's and quotes a few characters; the file may hold the API key, so it is left out.
    const where = /at position \d+|line \d+ column \d+/.exec(String(error))?.[0] ?? '';
    throw new Trouble('CONFIG_INVALID', `${path}: not JSON ${where}`.trim());
  }
  throw new Trouble('CONFIG_INVALID', `${path}: not an object`);
}

/** Where each variable goes. `SAOMA_WX_*` make the gateway WeChat Pay's. */
const VARIABLES: Readonly<Record<string, readonly string[]>> = {
  SAOMA_STORE_ID: ['store', 'id'],
  SAOMA_STORE_NAME: ['store', 'name'],
  SAOMA_TERMINAL_ID: ['terminal', 'id'],
  SAOMA_SCANNER: ['scanner'],
  SAOMA_PRINTER: ['printer'],
  SAOMA_WX_APPID: ['gateway', 'appId'],
  SAOMA_WX_MCH_ID: ['gateway', 'mchId'],
  SAOMA_WX_SUB_APPID: ['gateway', 'subAppId'],
  SAOMA_WX_SUB_MCH_ID: ['gateway', 'subMchId'],
  SAOMA_WX_KEY: ['gateway', 'apiKey'],
  SAOMA_WX_KEY_FILE: ['gateway', 'apiKeyFile'],
  SAOMA_WX_SIGN_TYPE: ['gateway', 'signType'],
  SAOMA_WX_CERT_FILE: ['gateway', 'certificate', 'certFile'],
  SAOMA_WX_CERT_KEY_FILE: ['gateway', 'certificate', 'keyFile'],
  SAOMA_WX_P12_FILE: ['gateway', 'certificate', 'p12File'],
  SAOMA_WX_P12_PASSWORD: ['gateway', 'certificate', 'password'],
  SAOMA_WX_CA_FILE: ['gateway', 'caFile'],
  SAOMA_WX_HOSTS: ['gateway', 'hosts'],
};

function fromEnvironment(env: Readonly<Record<string, string | undefined>>): Record<string, unknown> {
  const settings: Record<string, unknown> = {};
  for (const [name, path] of Object.entries(VARIABLES)) {
    const value = env[name];
    if (value === undefined || value === '') continue;
    if (path[0] === 'gateway') put(settings, ['gateway', 'kind'], 'wechat-v2');
    put(settings, path, name === 'SAOMA_WX_HOSTS' ? value.split(',').map((host) => host.trim()) : value);
  }
  return settings;
}

function put(target: Record<string, unknown>, path: readonly string[], value: unknown): void {
  const [name = '', ...rest] = path;
  if (rest.length === 0) {
    target[name] = value;
    return;
  }
  const inner = isRecord(target[name]) ? target[name] : {};
  target[name] = inner;
  put(inner, rest, value);
}

function merge(base: Record<string, unknown>, over: Record<string, unknown>): Record<string, unknown> {
  const merged = { ...base };
  for (const [name, value] of Object.entries(over)) {
    const below = merged[name];
    // Another kind of gateway shares nothing with the one it replaces.
    const replaces = isRecord(below) && isRecord(value) && 'kind' in value && below.kind !== value.kind;
    merged[name] = isRecord(below) && isRecord(value) && !replaces ? merge(below, value) : value;
  }
  return merged;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
