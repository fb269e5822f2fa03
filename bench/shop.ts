import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';

/** A place to measure in: a simulator in a process of its own, a pty for a scanner, an empty data folder. */
export interface BenchShop extends AsyncDisposable {
  readonly gatewayPort: number;
  /** The same gateway without TLS, for what is not about the wire. */
  readonly plainPort: number;
  readonly dataDir: string;
  /** The till's end of the serial line, and the device's. */
  readonly scannerPath: string;
  readonly scannerDevice: string;
  readonly certDir: string;
  /** Where the simulator keeps its ledger: what happened to the money, whatever the till believes. */
  readonly simulatorDataDir: string;
  /** A code whose customer pays at once, never given out before. */
  freshCode(): string;
  /** Settings that lead a terminal to the gateway at this URL. */
  envFor(gatewayUrl: string): Record<string, string>;
}

export const CLI = path.resolve(import.meta.dirname, '../out/main/cli.js');
export const MERCHANT = { appId: 'wxd930ea5d5a258f4f', mchId: '10000100', key: '192006250b4c09247ec02edce69f6a2d' };

export interface BenchShopOptions {
  /** Called with the simulator's folder before it starts, to put orders of the past into it. */
  readonly beforeOpening?: (simulatorDataDir: string) => void;
}

export async function startShop({ beforeOpening }: BenchShopOptions = {}): Promise<BenchShop> {
  const folder = mkdtempSync(path.join(tmpdir(), 'saoma-bench-'));
  const certDir = path.join(folder, 'certificates');
  const simulatorDataDir = path.join(folder, 'simulator');
  beforeOpening?.(simulatorDataDir);
  const kept = ['--cert-dir', certDir, '--data', simulatorDataDir, '--plain-port', '0'];
  const simulator = spawn(process.execPath, [CLI, 'simulator', ...kept, '--key', MERCHANT.key], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [ready] = (await once(createInterface({ input: simulator.stdout }), 'line')) as [string];
  const [scannerPath, scannerDevice] = [path.join(folder, 'till'), path.join(folder, 'device')];
  const line = spawn('socat', [`pty,raw,echo=0,link=${scannerPath}`, `pty,raw,echo=0,link=${scannerDevice}`], {
    stdio: 'ignore',
  });
  await once(line, 'spawn');
  while (!existsSync(scannerPath) || !existsSync(scannerDevice)) await new Promise((resolve) => setImmediate(resolve));

  let codes = 0;
  return {
    gatewayPort: Number(JSON.parse(ready).port),
    plainPort: Number(JSON.parse(ready).plainPort),
    dataDir: path.join(folder, 'till-data'),
    scannerPath,
    scannerDevice,
    certDir,
    simulatorDataDir,
    freshCode: () => `13${String(Date.now()).slice(-10)}${String(codes++).padStart(6, '0')}`,
    envFor: (gatewayUrl) => ({
      SAOMA_WX_APPID: MERCHANT.appId,
      SAOMA_WX_MCH_ID: MERCHANT.mchId,
      SAOMA_WX_KEY: MERCHANT.key,
      SAOMA_WX_HOSTS: gatewayUrl,
      SAOMA_WX_CA_FILE: path.join(certDir, 'ca.pem'),
      SAOMA_WX_CERT_FILE: path.join(certDir, 'apiclient_cert.pem'),
      SAOMA_WX_CERT_KEY_FILE: path.join(certDir, 'apiclient_key.pem'),
    }),
    async [Symbol.asyncDispose]() {
      await Promise.all([end(simulator), end(line)]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  await gone;
}
