import { createHmac, createSecretKey, randomBytes } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { Secret } from '../../core/secret.ts';
import { Trouble } from '../trouble.ts';

const KEY_FILE = 'code-hash.key';
const KEY_BYTES = 32;

/**
 * Recognises a payment code again without keeping it: HMAC-SHA256 under a key of this terminal, which lies beside the
 * ledger and not in it, so that a copied database tells nothing about codes.
 */
export function createCodeHasher(dataDir: string): (code: Secret) => string {
  // Made into a key once: Node does that anew with every hash when it is given bytes, which takes longer than the hash.
  const key = createSecretKey(readOrCreateKey(join(dataDir, KEY_FILE)));
  return (code) => createHmac('sha256', key).update(code.reveal()).digest('base64url');
}

/** @throws Trouble when it cannot be written, or is not whole: a hash without its key would be no secret. */
function readOrCreateKey(path: string): Buffer {
  if (!existsSync(path)) {
    // Whole under its own name or not there at all, whenever the power goes.
    const file = openSync(`${path}.new`, 'w', 0o600);
    try {
      writeSync(file, randomBytes(KEY_BYTES));
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(`${path}.new`, path);
  }
  const key = readFileSync(path);
  if (key.length !== KEY_BYTES)
    throw new Trouble('DATA_DAMAGED', `${path}: ${key.length} bytes instead of ${KEY_BYTES}`);
  return key;
}
