import type { BilingualText } from '../../core/advice.ts';
import { wordsOf } from '../../core/caught.ts';
import type { DeviceStatus } from '../../core/device-status.ts';
import { listHidDevices, listSerialPorts } from '../../devices/inventory.ts';
import { probePrinter } from '../../devices/printer/probe-printer.ts';
import { openScanner } from '../../devices/scanner/open-scanner.ts';
import { loadConfig } from '../config/config.ts';
import { createSystemClock } from '../system-clock.ts';
import { type Finding, ok, trouble } from './finding.ts';

interface DeviceOptions {
  readonly dataDir: string;
  readonly scanner?: string | undefined;
  readonly printer?: string | undefined;
}

const SCANNER_PATIENCE_MS = 3_000;

const MEND: Partial<Record<DeviceStatus['state'], BilingualText>> = {
  missing: { zh: '检查是否接好、开机、名字写对', en: 'check that it is plugged in, switched on and named right' },
  busy: { zh: '关掉占用它的程序', en: 'close the program that holds it' },
  denied: {
    zh: 'Linux：扫码枪加入 dialout 组，打印机加入 lp 组，然后重新登录',
    en: 'Linux: join the group dialout for scanners, lp for printers, and log in again',
  },
  'paper-out': { zh: '装纸', en: 'put in paper' },
  'cover-open': { zh: '合上打印机盖', en: 'close the cover' },
};
const REPLUG: BilingualText = { zh: '关机重开，或换一个接口', en: 'switch it off and on, or use another port' };

export async function checkSerial(): Promise<Finding> {
  try {
    const ports = await listSerialPorts();
    if (ports.length === 0) return ok('串口驱动可用，没有插着的设备', 'serial works; nothing is plugged in');
    const names = ports.map(({ path, description }) => `${path} (${description})`).join(', ');
    return ok(`串口设备：${names}`, `serial devices: ${names}`);
  } catch (error) {
    return trouble(
      'warn',
      { zh: `串口不可用：${wordsOf(error)}`, en: `serial does not work: ${wordsOf(error)}` },
      { zh: '重新安装程序；键盘口扫码枪不受影响', en: 'install again; keyboard scanners work regardless' },
    );
  }
}

export async function checkHid(): Promise<Finding> {
  try {
    const devices = await listHidDevices();
    const scanners = devices.filter(({ isScanner }) => isScanner);
    if (scanners.length === 0) return ok(`HID 可用，${devices.length} 个设备`, `HID works, ${devices.length} devices`);
    const names = scanners.map(({ description }) => description).join(', ');
    return ok(`HID 扫码枪：${names}`, `HID scanners: ${names}`);
  } catch (error) {
    return trouble(
      'warn',
      { zh: `HID 不可用：${wordsOf(error)}`, en: `HID does not work: ${wordsOf(error)}` },
      {
        zh: 'Debian：apt-get install libusb-1.0-0 libudev1；串口和键盘口扫码枪不受影响',
        en: 'Debian: apt-get install libusb-1.0-0 libudev1; serial and keyboard scanners work regardless',
      },
    );
  }
}

export async function checkScanner(options: DeviceOptions): Promise<Finding> {
  try {
    const config = loadConfig(options.dataDir, process.env, options);
    if (config.scanner === undefined) {
      return ok('没有配置扫码枪；键盘口扫码枪不用配置', 'no scanner configured; a keyboard scanner needs no setting');
    }
    return judge(await firstWordOf(config.scanner));
  } catch (error) {
    return trouble('fail', { zh: wordsOf(error), en: wordsOf(error) }, REPLUG);
  }
}

export async function checkPrinter(options: DeviceOptions): Promise<Finding> {
  try {
    const config = loadConfig(options.dataDir, process.env, options);
    if (config.printer === undefined) return ok('没有配置打印机', 'no printer configured');
    return judge(await probePrinter(config.printer, createSystemClock()));
  } catch (error) {
    return trouble('fail', { zh: wordsOf(error), en: wordsOf(error) }, REPLUG);
  }
}

/** Opens the scanner as the till would and takes the first thing that it says of itself. */
async function firstWordOf(target: string): Promise<DeviceStatus> {
  const clock = createSystemClock();
  const heard = Promise.withResolvers<void>();
  const enough = new AbortController();
  const scanner = openScanner(target, {
    clock,
    onScan: () => {},
    onStatus: ({ state }) => state !== 'opening' && heard.resolve(),
  });
  try {
    if (scanner.status().state === 'opening')
      await Promise.race([heard.promise, clock.sleep(SCANNER_PATIENCE_MS, enough.signal)]);
    return scanner.status();
  } finally {
    enough.abort();
    await scanner.close();
  }
}

function judge({ name, state, detail }: DeviceStatus): Finding {
  if (state === 'ready' || state === 'none') return ok(`${name}: ${state}`);
  const words = `${name}: ${state}${detail ? ` (${detail})` : ''}`;
  return trouble('fail', { zh: words, en: words }, MEND[state] ?? REPLUG);
}
