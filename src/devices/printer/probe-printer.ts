import { access, constants } from 'node:fs/promises';
import type { DeviceStatus } from '../../core/device-status.ts';
import type { Clock } from '../../core/time.ts';
import { faultOf } from '../transport/device-fault.ts';
import { createTcpLinks } from '../transport/tcp-link.ts';
import { nameOfPrinter, type PrinterTarget, parsePrinterTarget } from './target.ts';

/**
 * Whether the printer that the text names can be reached, without printing anything: a TCP printer takes a connection,
 * a device file may be written.
 *
 * @throws DeviceTargetError when the text names no printer.
 */
export async function probePrinter(text: string, clock: Clock): Promise<DeviceStatus> {
  const target = parsePrinterTarget(text);
  const status = { kind: 'printer', name: nameOfPrinter(target) } as const;
  try {
    return { ...status, state: await reach(target, clock) };
  } catch (error) {
    const { state, message } = faultOf(error);
    return { ...status, state, detail: message };
  }
}

async function reach(target: PrinterTarget, clock: Clock): Promise<'ready' | 'none'> {
  switch (target.kind) {
    case 'tcp': {
      const link = await createTcpLinks(target, clock).open(new AbortController().signal);
      await link.close();
      return 'ready';
    }
    case 'file':
      await access(target.path, constants.W_OK);
      return 'ready';
    case 'virtual':
      return 'ready';
    case 'none':
      return 'none';
  }
}
