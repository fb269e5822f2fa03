import type { Output } from './output.ts';

const BAR_WIDTH = 30;
/** The label before may have been longer. */
const CLEAR_REST = '\u001b[K';

export interface ProgressBar {
  show(done: number, total: number, label?: string): void;
  /** What is said next stands where the bar stood. For work that has ended before all was done. */
  clear(): void;
}

/** A bar for people who look at a terminal, JSON lines for machines, nothing for a file. Says nothing twice. */
export function createProgressBar(
  output: Output,
  screen: Pick<NodeJS.WriteStream, 'isTTY' | 'write'> = process.stdout,
): ProgressBar {
  let shown = '';
  const isDrawn = screen.isTTY && !output.json;
  return {
    show(done, total, label) {
      const line = `${done}/${total}${label === undefined ? '' : ` ${label}`}`;
      if (total === 0 || line === shown) return;
      shown = line;
      output.emit({ event: 'progress', done, total });
      const filled = Math.round((done / total) * BAR_WIDTH);
      const bar = '█'.repeat(filled) + '░'.repeat(BAR_WIDTH - filled);
      if (isDrawn) screen.write(`\r${bar} ${line}${CLEAR_REST}${done === total ? '\n' : ''}`);
    },
    clear() {
      if (isDrawn && shown !== '') screen.write(`\r${CLEAR_REST}`);
    },
  };
}
