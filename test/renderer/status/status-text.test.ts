import { describe, expect, it } from 'vitest';
import type { DeviceView, StatusView } from '../../../src/contract/types.ts';
import { LANGUAGES, messagesIn } from '../../../src/renderer/i18n/messages.ts';
import { isClockWrong, partsOf } from '../../../src/renderer/status/status-text.ts';
import { aStatus } from '../fake-terminal.ts';

const words = messagesIn('en');
const TROUBLES = ['opening', 'missing', 'busy', 'denied', 'faulty'] as const;
const device = (kind: DeviceView['kind'], state: DeviceView['state'], name = 'tcp:192.0.2.10:9100') => ({
  [kind]: { kind, state, name },
});

describe('the status bar', () => {
  it('has nothing to say when all is well', () => {
    expect(partsOf(aStatus(), true, words).map(({ well, quiet }) => [well, quiet])).toEqual([
      [true, true],
      [true, true],
      [true, true],
    ]);
  });

  it.each(TROUBLES)('says what to do about a scanner that is %s', (state) => {
    const [scanner] = partsOf(aStatus(device('scanner', state)), true, words);
    expect(scanner).toMatchObject({ well: false, word: words.status.device[state], mend: expect.stringMatching(/\w/) });
  });

  it.each([...TROUBLES, 'paper-out', 'cover-open'] as const)('says what to do about a printer that is %s', (state) => {
    const [, printer] = partsOf(aStatus(device('printer', state)), true, words);
    expect(printer).toMatchObject({ well: false, word: words.status.device[state], mend: expect.stringMatching(/\w/) });
  });

  it.each(['shaky', 'offline'] as const)('says what a line that is %s means for payments', (line) => {
    expect(partsOf(aStatus({ line }), true, words)[2]).toMatchObject({
      well: false,
      mend: expect.stringMatching(/payments/),
    });
  });

  it.each(LANGUAGES)('tells in %s, for whoever looks closer, how each of the gateway’s hosts is', (language) => {
    const at = Date.UTC(2026, 0, 2, 2, 5, 11);
    const lineHosts: StatusView['lineHosts'] = [
      { name: 'near.example', state: 'offline', lastAnsweredAt: at, lastFailure: { at, detail: 'ECONNREFUSED' } },
      { name: 'far.example', state: 'online', lastAnsweredAt: at },
      { name: 'spare.example', state: 'unknown' },
    ];
    const { details = [] } = partsOf(aStatus({ lineHosts }), true, messagesIn(language))[2] ?? {};
    expect(details).toHaveLength(3);
    expect(details[0]).toMatch(/near\.example.*10:05:11.*10:05:11.*ECONNREFUSED/);
    expect(details[1]).toMatch(/far\.example.*10:05:11/);
    expect(details[2]).toContain(messagesIn(language).status.lineState.unknown);
  });

  it('does not call a line bad that has not been used yet', () => {
    expect(partsOf(aStatus({ line: 'unknown' }), true, words)[2]).toMatchObject({ well: true });
  });

  it('asks for this window when a scanner that types would type elsewhere', () => {
    const typing = aStatus(device('scanner', 'none'));
    expect(partsOf(typing, true, words)[0]).toMatchObject({ well: true });
    expect(partsOf(typing, false, words)[0]).toMatchObject({ well: false, mend: words.status.unfocused });
    expect(partsOf(aStatus(), false, words)[0]).toMatchObject({ well: true });
  });

  it('calls the virtual devices what they are', () => {
    const virtual = aStatus({ ...device('scanner', 'ready', 'virtual'), ...device('printer', 'ready', 'virtual') });
    expect(partsOf(virtual, true, words).map(({ word }) => word)).toEqual(['virtual', 'virtual', 'fine']);
  });

  it('notices a clock that is more than a minute off, either way', () => {
    expect(
      [-61_000, -60_000, 0, 60_000, 61_000].map((clockDriftMs) => isClockWrong(aStatus({ clockDriftMs }))),
    ).toEqual([true, false, false, false, true]);
  });
});
