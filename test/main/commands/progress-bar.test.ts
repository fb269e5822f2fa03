import { describe, expect, it } from 'vitest';
import { createOutput } from '../../../src/main/commands/output.ts';
import { createProgressBar } from '../../../src/main/commands/progress-bar.ts';

/** What each person or machine in front of it gets to see. */
function shownOn({ isTTY, json }: { isTTY: boolean; json: boolean }) {
  const drawn: string[] = [];
  const events: unknown[] = [];
  const output = { ...createOutput(json), emit: (event: unknown) => json && events.push(event) };
  const { show } = createProgressBar(output, {
    isTTY,
    write: (text: string | Uint8Array) => drawn.push(String(text)) > 0,
  });
  show(0, 4, 'checking');
  show(2, 4);
  show(2, 4);
  show(4, 4);
  return { drawn, events };
}

describe('a progress bar', () => {
  it('is drawn over itself on a terminal, and ends its line when all is done', () => {
    const { drawn } = shownOn({ isTTY: true, json: false });
    expect(drawn).toEqual([
      `\r${'░'.repeat(30)} 0/4 checking\u001b[K`,
      `\r${'█'.repeat(15)}${'░'.repeat(15)} 2/4\u001b[K`,
      `\r${'█'.repeat(30)} 4/4\u001b[K\n`,
    ]);
  });

  it('leaves nothing in a file', () => {
    expect(shownOn({ isTTY: false, json: false })).toEqual({ drawn: [], events: [] });
  });

  it('is one JSON object a step for a machine, even on a terminal', () => {
    const { drawn, events } = shownOn({ isTTY: true, json: true });
    expect(drawn).toEqual([]);
    expect(events).toEqual([0, 2, 4].map((done) => ({ event: 'progress', done, total: 4 })));
  });

  it('is not there when there is nothing to do, and makes room for what has gone wrong', () => {
    const drawn: string[] = [];
    const bar = createProgressBar(createOutput(false), {
      isTTY: true,
      write: (text: string | Uint8Array) => drawn.push(String(text)) > 0,
    });
    bar.show(0, 0);
    bar.clear();
    expect(drawn).toEqual([]);
    bar.show(1, 2);
    bar.clear();
    expect(drawn.at(-1)).toBe('\r\u001b[K');
  });
});
