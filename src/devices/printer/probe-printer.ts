import type { DeviceStatus } from '../../core/device-status.ts';
import type { Clock } from '../../core/time.ts';
import { faultOf } from '../transport/device-fault.ts';
import { createFileLinks } from '../transport/file-link.ts';
import type { LinkSource } from '../transport/link.ts';
import { createTcpLinks } from '../transport/tcp-link.ts';
import { askPrinter, PRINT_TIMINGS } from './print-job.ts';
import { nameOfPrinter, parsePrinterTarget } from './target.ts';

/**
 * How the printer is that the text names, found out by asking it, without printing anything. Bounded in time.
 *
 * @throws DeviceTargetError when the text names no printer.
 */
export async function probePrinter(text: string, clock: Clock): Promise<DeviceStatus> {
  const target = parsePrinterTarget(text);
  const named = { kind: 'printer', name: nameOfPrinter(target) } as const;
  switch (target.kind) {
    case 'tcp':
      return { ...named, ...(await stateOf(createTcpLinks(target, clock), clock)) };
    case 'file':
      return { ...named, ...(await stateOf(createFileLinks(target.path, clock), clock)) };
    case 'virtual':
      return { ...named, state: 'ready' };
    case 'none':
      return { ...named, state: 'none' };
  }
}

async function stateOf(links: LinkSource, clock: Clock): Promise<Pick<DeviceStatus, 'state' | 'detail'>> {
  try {
    const link = await links.open(new AbortController().signal);
    const problem = await askPrinter(link, PRINT_TIMINGS, clock);
    await link.close();
    return problem ?? { state: 'ready' };
  } catch (error) {
    const { state, message } = faultOf(error);
    return { state, detail: message };
  } finally {
    await links.close();
  }
}
