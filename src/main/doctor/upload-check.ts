import { existsSync } from 'node:fs';
import path from 'node:path';
import { wordsOf } from '../../core/caught.ts';
import { loadConfig } from '../config/config.ts';
import { LEDGER_FILE } from '../ledger/open-ledger.ts';
import { openPresentBooks } from '../ledger/present-books.ts';
import { createUploadQueries, type UploadDesk } from '../ledger/uploads.ts';
import { createSystemClock } from '../system-clock.ts';
import { describeTrouble, type Trouble, troubleOf } from '../trouble.ts';
import { openOffice } from '../upload/office.ts';
import { type Finding, ok, trouble } from './finding.ts';

/** The back office's key is there and good, and its address takes a connection. Nothing is sent. Never stops a sale. */
export async function checkUpload(dataDir: string): Promise<Finding> {
  try {
    const { upload } = loadConfig(dataDir, process.env);
    const { waiting = 0, refused = 0 } = deskIn(dataDir) ?? {};
    if (upload === undefined) return off(waiting + refused);
    const office = openOffice(upload, dataDir, createSystemClock());
    try {
      await office.probe();
      if (refused > 0) return refusals(refused);
      return ok(`连得上后台 ${office.name}，${waiting} 条等待`, `${office.name} takes a connection; ${waiting} wait`);
    } catch (error) {
      return unreachable(office.name, waiting, wordsOf(error));
    } finally {
      await office.close();
    }
  } catch (error) {
    return fromTrouble(troubleOf(error));
  }
}

function off(owed: number): Finding {
  if (owed === 0) return ok('没有配置后台上传', 'no back office configured');
  return ok(`后台上传已关闭，还留着 ${owed} 条`, `switched off; ${owed} are kept from before`);
}

function refusals(count: number): Finding {
  return trouble(
    'warn',
    { zh: `后台没有收下 ${count} 条`, en: `the back office refused ${count}` },
    {
      zh: '打开收银程序的“未结清”，看后台说了什么',
      en: 'open the queue in the till: it shows what the back office said',
    },
  );
}

function unreachable(name: string, waiting: number, words: string): Finding {
  return trouble(
    'warn',
    {
      zh: `连不上后台 ${name}：${words}；${waiting} 条等待`,
      en: `${name} cannot be reached: ${words}; ${waiting} wait`,
    },
    {
      zh: '检查网络和 upload.url；自建证书要填 upload.caFile。连上后自动补传',
      en: 'check the network and upload.url; a private authority goes into upload.caFile. What waits is then sent by itself',
    },
  );
}

function fromTrouble(found: Trouble): Finding {
  const [zh, en] = [describeTrouble(found, 'zh'), describeTrouble(found, 'en')];
  return trouble(
    'warn',
    { zh: `${zh.happened} ${found.detail}`, en: `${en.happened} ${found.detail}` },
    { zh: zh.next, en: en.next },
  );
}

function deskIn(dataDir: string): UploadDesk | undefined {
  if (!existsSync(path.join(dataDir, LEDGER_FILE))) return undefined;
  try {
    const db = openPresentBooks(dataDir);
    try {
      return createUploadQueries(db).uploadDesk();
    } finally {
      db.close();
    }
  } catch {
    // What is wrong with the books is the data check's to say.
    return undefined;
  }
}
