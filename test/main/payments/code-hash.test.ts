import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Secret } from '../../../src/core/secret.ts';
import { createCodeHasher } from '../../../src/main/payments/code-hash.ts';
import { temporaryFolder } from '../../fixtures/ledger.ts';

const CODE = new Secret('134567890123456789');
let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.remove());

describe('the hash of a payment code', () => {
  it('is the same after a restart, and another on another terminal', () => {
    const first = createCodeHasher(folder.path)(CODE);
    expect(createCodeHasher(folder.path)(CODE)).toBe(first);
    const other = temporaryFolder();
    expect(createCodeHasher(other.path)(CODE)).not.toBe(first);
    other.remove();
  });

  it('tells nothing of the code, and its key is its owner’s alone', () => {
    const hash = createCodeHasher(folder.path)(CODE);
    expect(hash).not.toContain('1345');
    expect(readFileSync(join(folder.path, 'code-hash.key'))).toHaveLength(32);
    expect(statSync(join(folder.path, 'code-hash.key')).mode & 0o077).toBe(0);
  });

  it('is not made with a key that a power cut left empty', () => {
    writeFileSync(join(folder.path, 'code-hash.key'), '');
    expect(() => createCodeHasher(folder.path)).toThrow('0 bytes instead of 32');
  });
});
