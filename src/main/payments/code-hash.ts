import { createHmac, randomBytes } from 'node:crypto';
import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { Secret } from '../../core/secret.ts';

const KEY_FILE = 'code-hash.key';
const KEY_BYTES = 32;

/**
 * Recognises a payment code again without keeping it: HMAC-SHA256 under a key of this terminal, which lies beside the
 * ledger and not in it, so that a copied database tells nothing about codes.
 */
export function createCodeHasher(dataDir: string): (code: Secret) => string {
  const key = readOrCreateKey(join(dataDir, KEY_FILE));
  return (code) => createHmac('sha256', key).update(code.reveal()).digest('base64url');
}

function readOrCreateKey(path: string): Buffer {
  try {
    // `wx` fails when the file is there: whoever comes first makes the key, and it is never made anew.
    const file = openSync(path, 'wx', 0o600);
    writeSync(file, randomBytes(KEY_BYTES));
    closeSync(file);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
  return readFileSync(path);
}
