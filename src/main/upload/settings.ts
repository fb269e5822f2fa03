import * as z from 'zod';
import { isProtectedUrl } from '../../core/protected-url.ts';

export const DEFAULT_UPLOADS_PER_SECOND = 10;

/** The shop's own back office. File names are relative to the data folder unless absolute. */
export const UploadSettingsSchema = z.strictObject({
  url: z
    .url()
    .refine(isProtectedUrl, 'https:// only, except on this machine itself')
    .refine(isPlain, 'without user, password or fragment'),
  /** The file that holds the key of the signatures: at least 32 characters, known to both sides. */
  keyFile: z.string().min(1),
  ratePerSecond: z.number().positive().max(1_000).default(DEFAULT_UPLOADS_PER_SECOND),
  /** PEM file of a private authority: trusted instead of the system's. */
  caFile: z.string().min(1).optional(),
});

export type UploadSettings = z.output<typeof UploadSettingsSchema>;

/** A secret in an address would end up in somebody's log. */
function isPlain(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && url.username === '' && url.password === '' && url.hash === '';
}
