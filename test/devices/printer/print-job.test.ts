import { expect, it } from 'vitest';
import { askPrinter, type JobOptions, runJob } from '../../../src/devices/printer/print-job.ts';
import { ASK_OFFLINE, ASK_PAPER, MARKER } from '../../../src/devices/printer/printer-answers.ts';
import { DeviceFault } from '../../../src/devices/transport/device-fault.ts';
import type { Link } from '../../../src/devices/transport/link.ts';
import { ManualClock } from '../../fixtures/clock.ts';

const JOB = Uint8Array.of(0x41, 0x42);
const PRINTED = Uint8Array.of(0x00);
const WELL = Uint8Array.of(0x12);

it('sends the job, then the marker by itself, and believes its answer', async () => {
  const line = aLine((bytes, say) => {
    if (bytes === MARKER) say(PRINTED);
  });
  expect(await run(line)).toEqual({ result: 'printed' });
  expect(line.written).toEqual([JOB, MARKER]);
});

it('does not believe an answer from before the marker', async () => {
  const line = aLine((bytes, say) => {
    if (bytes === JOB) say(PRINTED);
  });
  expect(await run(line)).toEqual({ result: 'sent' });
});

it('asks what is wrong when the marker is not answered, and does not send anything again', async () => {
  const line = aLine((bytes, say) => {
    if (bytes === ASK_OFFLINE) say(WELL);
    if (bytes === ASK_PAPER) say(Uint8Array.of(0x12 | 0x60));
  });
  expect(await run(line)).toMatchObject({ result: 'unknown', problem: { state: 'paper-out' } });
  expect(line.written).toEqual([JOB, MARKER, ASK_OFFLINE, ASK_PAPER]);
});

it('claims no more than sent when the printer is well but cannot confirm', async () => {
  const line = aLine((bytes, say) => {
    if (bytes !== JOB && bytes !== MARKER) say(WELL);
  });
  expect(await run(line)).toEqual({ result: 'sent' });
  expect(await run(line, { canConfirm: true })).toMatchObject({ result: 'unknown', problem: { state: 'faulty' } });
});

it('waits the whole time for a printer that is only slow: it can speak', async () => {
  const clock = new ManualClock();
  const line = aLine((bytes, say) => {
    if (bytes === ASK_OFFLINE || bytes === ASK_PAPER) say(WELL);
    if (bytes === MARKER) void clock.sleep(4_000).then(() => say(PRINTED));
  });
  expect(await run(line, { clock })).toEqual({ result: 'printed' });
});

it('hears a marker that is answered while it asks', async () => {
  const line = aLine((bytes, say) => {
    if (bytes === ASK_OFFLINE) say(PRINTED);
  });
  expect(await run(line)).toEqual({ result: 'printed' });
});

it('asks first where there was trouble, and sends nothing while there is', async () => {
  const line = aLine((_bytes, say) => say(Uint8Array.of(0x12 | 0x04)));
  expect(await run(line, { askFirst: true })).toMatchObject({ result: 'not-sent', problem: { state: 'cover-open' } });
  expect(line.written).toEqual([ASK_OFFLINE]);
});

it('has sent nothing for sure only while no byte was taken', async () => {
  const fault = new DeviceFault('missing', 'unplugged');
  expect(await run(aLine(() => undefined, { fault, taken: 0 }))).toEqual({
    result: 'not-sent',
    problem: { state: 'missing', detail: 'unplugged' },
  });
  expect(await run(aLine(() => undefined, { fault, taken: 1 }))).toMatchObject({ result: 'unknown' });
});

it('asks nothing where nobody can answer', async () => {
  const line = { ...aLine(() => undefined), answers: false };
  expect(await run(line, { askFirst: true })).toEqual({ result: 'sent' });
  expect(line.written).toEqual([JOB]);
  expect(await askPrinter(line, TIMINGS, new ManualClock())).toBeUndefined();
});

const TIMINGS = { takeMs: 1_000, processMs: 5_000, doubtMs: 1_000, answerMs: 100 };

async function run(link: Link, options: Partial<JobOptions> & { readonly clock?: ManualClock } = {}) {
  const { clock = new ManualClock() } = options;
  const end = runJob(link, JOB, {
    timings: TIMINGS,
    canConfirm: false,
    askFirst: false,
    onTrouble: () => undefined,
    ...options,
    clock,
  });
  await clock.advance(10_000);
  return end;
}

type Behaviour = (bytes: Uint8Array, say: (bytes: Uint8Array) => void) => void;

interface Breakage {
  readonly fault: DeviceFault;
  /** So many bytes it has taken all the same. */
  readonly taken: number;
}

/** A line in memory to a device that behaves like this, or breaks at the first write. */
function aLine(behave: Behaviour, breakage?: Breakage): Link & { readonly written: readonly Uint8Array[] } {
  const written: Uint8Array[] = [];
  let taken = 0;
  let say: (bytes: Uint8Array) => void = () => undefined;
  return {
    answers: true,
    written,
    taken: () => taken,
    ended: new Promise(() => undefined),
    listen(to) {
      say = to;
    },
    async write(bytes) {
      taken += breakage ? breakage.taken : bytes.length;
      if (breakage) throw breakage.fault;
      written.push(bytes);
      behave(bytes, (answer) => say(answer));
    },
    close: async () => undefined,
    abandon: async () => undefined,
  };
}
