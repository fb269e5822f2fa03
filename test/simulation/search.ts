import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Every run of 18 digits in all files below a folder that could be a payment code, whatever the files are. */
export function codesBelow(folder: string): Set<string> {
  const found = new Set<string>();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const bytes = readFileSync(join(entry.parentPath, entry.name), 'latin1');
    for (const [digits] of bytes.matchAll(/\d{18,}/g)) {
      // In a run that is longer than a code, one may begin anywhere.
      for (let at = 0; at + 18 <= digits.length; at++) {
        const candidate = digits.slice(at, at + 18);
        if (/^1[0-5]/.test(candidate)) found.add(candidate);
      }
    }
  }
  return found;
}
