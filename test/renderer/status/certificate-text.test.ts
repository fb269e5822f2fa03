import { describe, expect, it } from 'vitest';
import { LANGUAGES, messagesIn } from '../../../src/renderer/i18n/messages.ts';
import { certificateStatus } from '../../../src/renderer/status/certificate-text.ts';
import { partsOf } from '../../../src/renderer/status/status-text.ts';
import { aStatus } from '../fake-terminal.ts';

const DAY_MS = 86_400_000;
const NOW = Date.UTC(2026, 0, 2, 2);
const words = messagesIn('en');
const lasting = (days: number) => aStatus({ certificateExpiresAt: NOW + days * DAY_MS });

describe('the status bar, of the merchant’s certificate', () => {
  it('is silent for years, and where nothing is known of it', () => {
    expect(certificateStatus(lasting(31), NOW, words, [])).toBeUndefined();
    expect(certificateStatus(aStatus(), NOW, words, [])).toBeUndefined();
  });

  it.each(LANGUAGES)('says in %s, 30 days ahead, how long it lasts and what to do', (language) => {
    const shown = certificateStatus(lasting(30), NOW, messagesIn(language), []);
    expect(shown).toMatchObject({ part: 'certificate', well: false, calm: true, word: expect.stringMatching(/30/) });
    expect(shown?.mend).toBe(messagesIn(language).status.certificate.renew);
  });

  it('is short, and tells what to do only at a closer look, while something else does not work', () => {
    const beside = partsOf(aStatus({ line: 'offline' }), true, words);
    const shown = certificateStatus(lasting(12), NOW, words, beside);
    expect(shown).toMatchObject({ word: '12 days left', details: [words.status.certificate.renew] });
    expect(shown?.mend).toBeUndefined();
    expect(certificateStatus(lasting(-1), NOW, words, beside)?.mend).toBe(words.status.certificate.replace);
  });

  it('counts the days down to the last, and then says what does not work any more', () => {
    const said = [2, 1, 0.5, 0, -1].map((days) => certificateStatus(lasting(days), NOW, words, [])?.word);
    const { expired, lastDay } = words.status.certificate;
    expect(said).toEqual(['2 days left', '1 day left', lastDay, expired, expired]);
  });
});
