import { existsSync, statfsSync } from 'node:fs';
import path from 'node:path';
import { wordsOf } from '../../core/caught.ts';
import { certificateExpiry } from '../../core/certificate-expiry.ts';
import { beijingTime } from '../../core/time.ts';
import { loadConfig } from '../config/config.ts';
import { openGateway, readCertificate } from '../gateway/open-gateway.ts';
import { findBrowser } from '../launch/find-browser.ts';
import { electronPackageDir, findElectron } from '../launch/find-electron.ts';
import { hasDisplay } from '../launch/machine.ts';
import { newestAt } from '../ledger/journal.ts';
import { LEDGER_FILE, openLedgerReadOnly } from '../ledger/open-ledger.ts';
import { sqliteVersion } from '../ledger/sqlite-version.ts';
import { verifyLedger } from '../ledger/verify.ts';
import { createSystemClock } from '../system-clock.ts';
import { describeTrouble, troubleOf } from '../trouble.ts';
import { type Finding, ok, trouble } from './finding.ts';

const NODE_MIN_MAJOR = 22;
const DISK_LOW_BYTES = 200 * 1024 * 1024;
const CLOCK_OFF_MS = 120_000;

export function checkNode(): Finding {
  const { node } = process.versions;
  if (Number.parseInt(node, 10) >= NODE_MIN_MAJOR) return ok(`Node ${node}`);
  return trouble(
    'fail',
    { zh: `Node ${node} 太旧`, en: `Node ${node} is too old` },
    { zh: `安装 Node ${NODE_MIN_MAJOR} 或更新版本`, en: `install Node ${NODE_MIN_MAJOR} or newer` },
  );
}

export function checkSqlite(): Finding {
  try {
    return ok(`SQLite ${sqliteVersion()}`);
  } catch (error) {
    return trouble(
      'fail',
      { zh: `SQLite 不可用：${wordsOf(error)}`, en: `SQLite does not work: ${wordsOf(error)}` },
      { zh: '重新安装程序', en: 'install again' },
    );
  }
}

/** The merchant's certificate opens with its password, fits its key, and is good for a while yet. */
export async function checkCertificate(dataDir: string): Promise<Finding> {
  try {
    const { gateway } = loadConfig(dataDir, process.env);
    if (gateway.kind === 'simulator') return ok('模拟器自带证书', 'the simulator has its own');
    const now = Date.now();
    const { expiresAt } = await readCertificate(gateway, (file) => path.resolve(dataDir, file), now);
    return judgeExpiry(expiresAt, now);
  } catch (error) {
    return fromTrouble(error);
  }
}

/** Not a failure while it lasts: but a shop has to hear of it before the day when nothing can be given back. */
export function judgeExpiry(expiresAt: number, now: number): Finding {
  const day = beijingTime(expiresAt).slice(0, 10);
  const expiry = certificateExpiry(expiresAt, now);
  if (expiry.state === 'good') return ok(`有效期至 ${day}`, `valid until ${day}`);
  const daysLeft = expiry.state === 'soon' ? expiry.daysLeft : 0;
  return trouble(
    'warn',
    { zh: `${day} 到期，还有 ${daysLeft} 天`, en: `expires on ${day}; days left: ${daysLeft}` },
    {
      zh: '在商户平台更换 API 证书；到期后可以收款，但不能撤销和退款',
      en: 'renew the API certificate in the merchant platform: once it has expired nothing can be cancelled or refunded',
    },
  );
}

/** The books open, their chain holds, and there is room to write. */
export function checkData(dataDir: string): Finding {
  try {
    const folder = nearestExisting(dataDir);
    const { bavail, bsize } = statfsSync(folder);
    if (bavail * bsize < DISK_LOW_BYTES) {
      return trouble(
        'fail',
        { zh: `磁盘快满了：${folder}`, en: `the disk is almost full: ${folder}` },
        { zh: '清理出至少 200 MB 空间', en: 'free at least 200 MB' },
      );
    }
    if (!existsSync(path.join(dataDir, LEDGER_FILE))) {
      return ok(`数据文件夹可用，还没有账本：${dataDir}`, `the folder can be used and holds no books yet: ${dataDir}`);
    }
    const db = openLedgerReadOnly(dataDir);
    try {
      const { rows, problems } = verifyLedger(db);
      if (problems.length === 0)
        return ok(`账本完好，${rows} 行：${dataDir}`, `the books are whole, ${rows} rows: ${dataDir}`);
      return trouble(
        'fail',
        { zh: `账本有问题：${problems[0]}`, en: `the books are not whole: ${problems[0]}` },
        { zh: '复制整个数据文件夹后运行 saoma verify', en: 'copy the whole data folder, then run saoma verify' },
      );
    } finally {
      db.close();
    }
  } catch (error) {
    return fromTrouble(error);
  }
}

/** Key and certificate are there and right, and the gateway takes a TLS connection. */
export async function checkGateway(dataDir: string): Promise<Finding> {
  try {
    const config = loadConfig(dataDir, process.env);
    if (config.gateway.kind === 'simulator') {
      return trouble(
        'warn',
        { zh: '正在使用内置模拟器，不是真钱', en: 'the embedded simulator is in use: no real money' },
        {
          zh: '在 config.json 的 gateway 里填写微信支付商户资料（见 docs/operations.md）',
          en: 'put your WeChat Pay merchant into gateway in config.json (docs/operations.md)',
        },
      );
    }
    const { gateway } = await openGateway({ config, dataDir, clock: createSystemClock(), onWire: () => {} });
    try {
      const hosts = config.gateway.hosts.join(', ');
      if (await gateway.warmUp()) return ok(`连得上微信支付：${hosts}`, `WeChat Pay takes a connection: ${hosts}`);
      return trouble(
        'fail',
        { zh: `连不上微信支付：${hosts}`, en: `WeChat Pay cannot be reached: ${hosts}` },
        { zh: '检查网络、防火墙和系统时间', en: 'check the network, the firewall and the clock' },
      );
    } finally {
      await gateway.close();
    }
  } catch (error) {
    return fromTrouble(error);
  }
}

/** Nobody here can be asked what time it is; but a clock that is behind the books is surely wrong. */
export function checkClock(dataDir: string): Finding {
  const now = Date.now();
  const newest = newestInBooks(dataDir) ?? 0;
  if (now >= newest - CLOCK_OFF_MS)
    return ok(`系统时间 ${beijingTime(now)}（北京）`, `the clock says ${beijingTime(now)} (Beijing)`);
  return trouble(
    'fail',
    {
      zh: `系统时间 ${beijingTime(now)} 早于账本里的最后一笔 ${beijingTime(newest)}`,
      en: `the clock says ${beijingTime(now)}, but the books were last written at ${beijingTime(newest)}`,
    },
    { zh: '打开自动对时（NTP）', en: 'turn on network time (NTP)' },
  );
}

function newestInBooks(dataDir: string): number | undefined {
  if (!existsSync(path.join(dataDir, LEDGER_FILE))) return undefined;
  try {
    const db = openLedgerReadOnly(dataDir);
    try {
      return newestAt(db);
    } finally {
      db.close();
    }
  } catch {
    // What is wrong with the books is the data check's to say.
    return undefined;
  }
}

export function checkElectron(): Finding {
  if (findElectron(electronPackageDir()) !== undefined && hasDisplay()) return ok('Electron 可用', 'Electron can run');
  const browser = findBrowser();
  if (browser !== undefined) {
    return ok(`没有 Electron，用浏览器窗口：${browser}`, `no Electron; the window is a browser's: ${browser}`);
  }
  return trouble(
    'warn',
    { zh: '没有 Electron，也没有 Chromium、Chrome 或 Edge', en: 'neither Electron nor Chromium, Chrome or Edge' },
    {
      zh: '运行 npx install-electron，或安装一个浏览器；saoma sell 不需要它们',
      en: 'run npx install-electron, or install a browser; saoma sell needs neither',
    },
  );
}

function fromTrouble(error: unknown): Finding {
  const found = troubleOf(error);
  const [zh, en] = [describeTrouble(found, 'zh'), describeTrouble(found, 'en')];
  return trouble(
    'fail',
    { zh: `${zh.happened} ${found.detail}`, en: `${en.happened} ${found.detail}` },
    { zh: zh.next, en: en.next },
  );
}

function nearestExisting(dir: string): string {
  return existsSync(dir) || path.dirname(dir) === dir ? dir : nearestExisting(path.dirname(dir));
}
