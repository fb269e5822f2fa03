import { describe, expect, it } from 'vitest';
import { createCell, waitFor } from '../../../src/renderer/live/cell.ts';

const isTwo = (value: number): value is 2 => value === 2;

describe('a cell', () => {
  it('tells its listeners of changes, and only of changes', () => {
    const cell = createCell(1);
    const heard: number[] = [];
    const end = cell.subscribe(() => heard.push(cell.get()));
    for (const value of [1, 2, 2, 3]) cell.set(value);
    end();
    cell.set(4);
    expect(heard).toEqual([2, 3]);
  });

  it('can be waited for, at once or later', async () => {
    const cell = createCell(1);
    const later = waitFor(cell, isTwo, new AbortController().signal);
    cell.set(2);
    expect(await later).toBe(2);
    expect(await waitFor(cell, isTwo, new AbortController().signal)).toBe(2);
  });

  it('lets go of those who stop waiting', async () => {
    const cell = createCell(1);
    const ended = new AbortController();
    const waiting = waitFor(cell, isTwo, ended.signal);
    ended.abort();
    await expect(waiting).rejects.toThrow();
    await expect(waitFor(cell, isTwo, ended.signal)).rejects.toThrow();
  });
});
