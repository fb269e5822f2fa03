import { describe, expect, it } from 'vitest';
import { BillFault } from '../../../../../src/main/gateway/wechat-v2/bills/bill-error.ts';
import { wholeLines } from '../../../../../src/main/gateway/wechat-v2/bills/whole-lines.ts';
import { inPieces } from '../support/bill-samples.ts';

async function blocksOf(bytes: Uint8Array | string, pieceBytes: number): Promise<string[]> {
  const blocks: string[] = [];
  for await (const block of wholeLines(inPieces(bytes, pieceBytes))) blocks.push(block.toString());
  return blocks;
}

describe('the lines of a bill', () => {
  it.each([1, 2, 3, 5, 8, 1_000])('come whole and in order, in pieces of %i bytes', async (pieceBytes) => {
    const blocks = await blocksOf('一,二\r\n\r\n三\n四', pieceBytes);
    expect(blocks.join('')).toBe('一,二\r\n\r\n三\n四\n');
    for (const block of blocks) expect(block.endsWith('\n')).toBe(true);
  });

  it.each([1, 2, 4, 100])('have no byte order mark in front, in pieces of %i bytes', async (pieceBytes) => {
    expect((await blocksOf('\ufeffa\nb\n', pieceBytes)).join('')).toBe('a\nb\n');
    expect((await blocksOf('\ufeffa', pieceBytes)).join('')).toBe('a\n');
  });

  it('are none when nothing came', async () => {
    expect(await blocksOf('', 1)).toEqual([]);
  });

  it.each([1, 1_000])('are given up when one does not end, in pieces of %i bytes', async (pieceBytes) => {
    expect((await blocksOf('x'.repeat(64 * 1024), pieceBytes)).join('')).toHaveLength(64 * 1024 + 1);
    await expect(blocksOf('x'.repeat(64 * 1024 + 1), pieceBytes)).rejects.toThrow(BillFault);
  });
});
