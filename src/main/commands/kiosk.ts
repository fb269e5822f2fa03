import { showYuan } from '../../core/money.ts';
import { type KioskRunOptions, runKiosk } from '../kiosk.ts';
import type { Output } from './output.ts';
import { untilToldToEnd } from './until-told.ts';

export type KioskCommand = Omit<KioskRunOptions, 'print'>;

/** `saoma kiosk`: serves the till until it is told to end. */
export async function kiosk(command: KioskCommand, output: Output): Promise<number> {
  const running = await runKiosk({ ...command, print: output.say });
  await untilToldToEnd();
  const { count, amountFen } = running.unsettled();
  if (count > 0) {
    output.say(
      output.language === 'zh'
        ? `还有 ${count} 笔收款结果未定，共 ${showYuan(amountFen)}。账本里都有，下次启动会接着查清。`
        : `${count} payments, ${showYuan(amountFen)} in all, are not certain yet. They are in the books and are taken up at the next start.`,
    );
  }
  await running.close();
  return 0;
}
