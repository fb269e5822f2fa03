import type { RunningKiosk } from '../kiosk/host.ts';
import { joinTill } from '../kiosk/join-till.ts';
import { type KioskRunOptions, runKiosk } from '../kiosk.ts';
import { troubleOf } from '../trouble.ts';
import { sayWhatIsOwed } from './leaving-words.ts';
import type { Output } from './output.ts';
import { untilToldToEnd } from './until-told.ts';

export type KioskCommand = Omit<KioskRunOptions, 'print'>;

/** `saoma kiosk`: serves the till until it is told to end, or leads to the till that runs already. */
export async function kiosk(command: KioskCommand, output: Output): Promise<number> {
  const running = await runOrJoin({ ...command, print: output.say });
  if (running === undefined) return 0;
  await untilToldToEnd();
  sayWhatIsOwed('close', running.unsettled(), output);
  await running.close();
  return 0;
}

/** Undefined when another process serves this data folder, and the person was led to it. */
async function runOrJoin(options: KioskRunOptions): Promise<RunningKiosk | undefined> {
  try {
    return await runKiosk(options);
  } catch (error) {
    if (troubleOf(error).code === 'DATA_IN_USE' && (await joinTill(options))) return undefined;
    throw error;
  }
}
