import type { Advice, BilingualText } from '../core/advice.ts';
import { BACKUP_TROUBLE_TEXTS, type BackupTroubleCode } from './backup/trouble-texts.ts';
import { LEAVING_TROUBLE_TEXTS, type LeavingTroubleCode } from './reset/trouble-texts.ts';
import { BOOKS_SAFE } from './trouble-text.ts';
import { UPLOAD_TROUBLE_TEXTS, type UploadTroubleCode } from './upload/trouble-texts.ts';

export type TroubleCode =
  | 'CONFIG_UNREADABLE'
  | 'CONFIG_INVALID'
  | 'KEY_MISSING'
  | 'KEY_UNREADABLE'
  | 'KEY_INVALID'
  | 'CERT_MISSING'
  | 'CERT_UNREADABLE'
  | 'CERT_PASSWORD'
  | 'CERT_DAMAGED'
  | 'CERT_EXPIRED'
  | 'DATA_IN_USE'
  | 'DATA_NEWER'
  | 'DATA_DAMAGED'
  | 'DATA_UNREADABLE'
  | 'DATA_UNWRITABLE'
  | 'DATA_OTHER_TERMINAL'
  | 'OTHER_GATEWAY'
  | 'DISK_FULL'
  | BackupTroubleCode
  | LeavingTroubleCode
  | UploadTroubleCode
  | 'PORT_BUSY'
  | 'SCANNER_TARGET'
  | 'SCANNER_MISSING'
  | 'SCANNER_BUSY'
  | 'SCANNER_DENIED'
  | 'SCANNER_FAULTY'
  | 'PRINTER_TARGET'
  | 'SIMULATOR_DATA'
  | 'HOST_UNAVAILABLE'
  | 'AMOUNT_INVALID'
  | 'UNEXPECTED';

const NOTHING_SENT: BilingualText = { zh: '没有发出任何收款，钱没有动。', en: 'No payment was sent; no money moved.' };
/** Every trouble in three lines, in both languages; each written, none translated word by word. */
export const TROUBLE_TEXTS: Readonly<Record<TroubleCode, Advice>> = {
  CONFIG_UNREADABLE: {
    happened: { zh: '读不到配置文件。', en: 'The settings file cannot be read.' },
    money: NOTHING_SENT,
    next: {
      zh: '检查文件权限，让运行收银程序的用户可以读取它。',
      en: 'Check its permissions: the user who runs the till must be able to read it.',
    },
  },
  CONFIG_INVALID: {
    happened: { zh: '配置文件里有一项写错了。', en: 'One setting is wrong.' },
    money: NOTHING_SENT,
    next: {
      zh: '按下面指出的位置改正，再启动。各项写法见 docs/operations.md。',
      en: 'Correct it at the place named below and start again; docs/operations.md lists every setting.',
    },
  },
  KEY_MISSING: {
    happened: { zh: '没有配置微信支付的 API 密钥。', en: "WeChat Pay's API key is not configured." },
    money: NOTHING_SENT,
    next: {
      zh: '在配置里填写 apiKeyFile（32 位 APIv2 密钥的文件），密钥在商户平台「API 安全」里设置。',
      en: 'Name the file with the 32-character APIv2 key as apiKeyFile; the key is set in the merchant platform under API security.',
    },
  },
  KEY_UNREADABLE: {
    happened: { zh: '读不到 API 密钥文件。', en: 'The API key file cannot be read.' },
    money: NOTHING_SENT,
    next: { zh: '检查路径和文件权限。', en: 'Check the path and its permissions.' },
  },
  KEY_INVALID: {
    happened: { zh: 'API 密钥不对：应当正好是 32 个字母或数字。', en: 'The API key is not 32 letters or digits.' },
    money: NOTHING_SENT,
    next: {
      zh: '确认用的是 APIv2 密钥，不是 APIv3 密钥或证书序列号。',
      en: 'Make sure it is the APIv2 key, not the APIv3 key or a certificate serial number.',
    },
  },
  CERT_MISSING: {
    happened: { zh: '找不到商户证书文件。', en: "The merchant certificate's file is not there." },
    money: {
      zh: '没有发出任何收款。没有证书就不能撤销订单，所以不开始收款。',
      en: 'No payment was sent. Without the certificate nothing can be reversed, so selling does not begin.',
    },
    next: {
      zh: '从商户平台下载 API 证书（apiclient_cert.p12 或 .pem），放到配置所写的位置。',
      en: 'Download the API certificate (apiclient_cert.p12 or .pem) from the merchant platform to the configured place.',
    },
  },
  CERT_UNREADABLE: {
    happened: { zh: '读不到商户证书文件。', en: "The merchant certificate's file cannot be read." },
    money: NOTHING_SENT,
    next: { zh: '检查路径和文件权限。', en: 'Check the path and its permissions.' },
  },
  CERT_PASSWORD: {
    happened: { zh: '商户证书的密码不对。', en: "The merchant certificate's password is wrong." },
    money: NOTHING_SENT,
    next: {
      zh: '.p12 证书的密码默认就是商户号。',
      en: 'The password of a .p12 is the merchant number unless it was changed.',
    },
  },
  CERT_DAMAGED: {
    happened: {
      zh: '商户证书文件损坏，或证书和私钥不是一对。',
      en: 'The certificate is damaged, or does not match its key.',
    },
    money: NOTHING_SENT,
    next: { zh: '从商户平台重新下载证书。', en: 'Download the certificate again from the merchant platform.' },
  },
  CERT_EXPIRED: {
    happened: { zh: '商户证书已过期。', en: 'The merchant certificate has expired.' },
    money: {
      zh: '没有发出任何收款。证书过期后不能撤销订单，所以不开始收款。',
      en: 'No payment was sent. Nothing can be reversed with it, so selling does not begin.',
    },
    next: { zh: '在商户平台更换 API 证书。', en: 'Renew the API certificate in the merchant platform.' },
  },
  DATA_IN_USE: {
    happened: { zh: '这个数据文件夹正被另一个收银程序使用。', en: 'Another Saoma is using this data folder.' },
    money: BOOKS_SAFE,
    next: {
      zh: '切换到已打开的收银窗口；如果没有窗口，先结束下面的进程。',
      en: 'Go to the window that is already open; if there is none, end the process named below.',
    },
  },
  DATA_NEWER: {
    happened: { zh: '账本是更新版本的程序写的。', en: 'A newer version of Saoma has written these books.' },
    money: BOOKS_SAFE,
    next: { zh: '安装同样新或更新的版本再打开。', en: 'Install that version or a newer one.' },
  },
  DATA_DAMAGED: {
    happened: { zh: '账本损坏，没有打开。', en: 'The books are damaged and were not opened.' },
    money: BOOKS_SAFE,
    next: {
      zh: '不要删除。先复制整个数据文件夹，再运行 saoma verify；只是汇总表坏了时用 saoma rebuild 重建。',
      en: 'Delete nothing. Copy the whole data folder, then run saoma verify; if only the projections are wrong, saoma rebuild remakes them.',
    },
  },
  DATA_UNREADABLE: {
    happened: { zh: '打不开数据文件夹。', en: 'The data folder cannot be opened.' },
    money: NOTHING_SENT,
    next: {
      zh: '检查路径是否存在，以及当前用户是否有读写权限。',
      en: 'Check that the path exists and that this user may read and write it.',
    },
  },
  DATA_UNWRITABLE: {
    happened: { zh: '账本写不进去。', en: 'The books cannot be written.' },
    money: NOTHING_SENT,
    next: {
      zh: '检查磁盘是否只读、已拔出或出错。',
      en: 'Check whether the disk is read-only, unplugged or failing.',
    },
  },
  DATA_OTHER_TERMINAL: {
    happened: { zh: '这个数据文件夹属于另一台收银机。', en: 'This data folder belongs to another terminal.' },
    money: BOOKS_SAFE,
    next: {
      zh: '把门店号和终端号改回去，或者为这台收银机另用一个数据文件夹。',
      en: 'Set the store and terminal numbers back, or give this terminal a data folder of its own.',
    },
  },
  OTHER_GATEWAY: {
    happened: {
      zh: '账本里还有没查清的收款，是用另一套支付设置收的。',
      en: 'A payment that is not certain yet was made with other gateway settings.',
    },
    money: {
      zh: '换了商户或模拟器就查不到它，会误以为没收钱，所以没有启动。账本没有改动。',
      en: 'Another merchant or the simulator would not know it and it would look unpaid, so the till did not start. The books are untouched.',
    },
    next: {
      zh: '先用原来的支付设置启动一次，等它查清，再换设置。',
      en: 'Start once with the settings it was made with, wait until it is resolved, then change them.',
    },
  },
  DISK_FULL: {
    happened: { zh: '磁盘满了，账本写不进去。', en: 'The disk is full; the books cannot be written.' },
    money: {
      zh: '记不下来的收款不会发出。已经发出的会继续查清。',
      en: 'What cannot be written down is not sent; what was already sent goes on being resolved.',
    },
    next: { zh: '清理磁盘空间，收银会自己恢复。', en: 'Free some space; the till then goes on by itself.' },
  },
  ...BACKUP_TROUBLE_TEXTS,
  ...LEAVING_TROUBLE_TEXTS,
  ...UPLOAD_TROUBLE_TEXTS,
  PORT_BUSY: {
    happened: { zh: '端口被别的程序占用。', en: 'Another program uses this port.' },
    money: NOTHING_SENT,
    next: { zh: '换一个 --port，或不写让程序自己选。', en: 'Choose another --port, or leave it out and one is found.' },
  },
  SCANNER_TARGET: {
    happened: { zh: '扫码枪的写法不对。', en: 'The scanner setting is not understood.' },
    money: NOTHING_SENT,
    next: {
      zh: '例如 serial:/dev/ttyUSB0@9600、serial:COM3@115200、virtual 或 none。',
      en: 'For example serial:/dev/ttyUSB0@9600, serial:COM3@115200, virtual or none.',
    },
  },
  SCANNER_MISSING: {
    happened: { zh: '没有找到扫码枪。', en: 'The scanner is not there.' },
    money: NOTHING_SENT,
    next: { zh: '检查是否插好，设备名是否写对。', en: 'Check that it is plugged in and that its name is right.' },
  },
  SCANNER_BUSY: {
    happened: { zh: '扫码枪正被别的程序占用。', en: 'Another program holds the scanner.' },
    money: NOTHING_SENT,
    next: {
      zh: '关掉那个程序（例如另一个收银窗口）再试。',
      en: 'Close that program, perhaps another till, and try again.',
    },
  },
  SCANNER_DENIED: {
    happened: { zh: '系统不允许使用扫码枪。', en: 'The system does not let this user use the scanner.' },
    money: NOTHING_SENT,
    next: {
      zh: 'Linux：把用户加入 dialout 组（sudo usermod -aG dialout 用户名），重新登录。',
      en: 'Linux: add the user to the group dialout (sudo usermod -aG dialout NAME) and log in again.',
    },
  },
  SCANNER_FAULTY: {
    happened: { zh: '扫码枪打不开。', en: 'The scanner cannot be opened.' },
    money: NOTHING_SENT,
    next: { zh: '拔下重插；还不行就换一个接口。', en: 'Plug it out and in again, or try another port.' },
  },
  PRINTER_TARGET: {
    happened: { zh: '打印机的写法不对。', en: 'The printer setting is not understood.' },
    money: NOTHING_SENT,
    next: {
      zh: '例如 tcp:192.168.1.50:9100、file:/dev/usb/lp0、virtual 或 none。',
      en: 'For example tcp:192.168.1.50:9100, file:/dev/usb/lp0, virtual or none.',
    },
  },
  SIMULATOR_DATA: {
    happened: { zh: '模拟器的文件读不了或写不了。', en: "The simulator's files cannot be read or written." },
    money: {
      zh: '模拟器里没有真钱；收银账本没有受影响。',
      en: 'No real money is in the simulator; the till’s books are untouched.',
    },
    next: {
      zh: '检查文件夹权限；不需要旧的模拟数据时，可以把模拟器文件夹改名后再启动。',
      en: "Check the folder's permissions; if its old data is not needed, rename the simulator's folder and start again.",
    },
  },
  HOST_UNAVAILABLE: {
    happened: { zh: '这台机器上不能用所要求的窗口程序。', en: 'The host that was asked for cannot run here.' },
    money: NOTHING_SENT,
    next: {
      zh: '用 saoma kiosk 在浏览器里打开，或者按下面的说明装好 Electron。',
      en: 'Open it in a browser with saoma kiosk, or install Electron as said below.',
    },
  },
  AMOUNT_INVALID: {
    happened: { zh: '金额不对。', en: 'That is not an amount.' },
    money: NOTHING_SENT,
    next: { zh: '写成元，最多两位小数，例如 12.30。', en: 'Write yuan with at most two decimals, such as 12.30.' },
  },
  UNEXPECTED: {
    happened: { zh: '程序出了意外的问题。', en: 'Something went wrong that should not.' },
    money: {
      zh: '已写入账本的都还在；没有结果的收款会在下次启动时查清。',
      en: 'All that was written stays; a payment without a result is resolved at the next start.',
    },
    next: {
      zh: '重新启动。如果再次出现，把下面的文字交给技术支持。',
      en: 'Start again. If it happens again, give the words below to support.',
    },
  },
};
