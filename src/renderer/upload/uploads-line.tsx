import type { UploadsView } from '../../contract/types.ts';
import { ageOf } from '../../core/age.ts';
import { inLanguage, useLanguage, useMessages } from '../i18n/messages.ts';
import { useWallClock } from '../status/use-window.ts';
import styles from './upload.module.css';

/** The reports that wait, as one line: there may be thousands, and nobody has to do anything about them. */
export function UploadsLine({ uploads }: { readonly uploads: UploadsView }) {
  const words = useMessages().upload;
  const language = useLanguage();
  const now = useWallClock();
  const { on, waiting, oldestAt, lastError } = uploads;
  if (waiting === 0) return null;
  return (
    <div className={styles.line}>
      <p>{words.sum(waiting, inLanguage(ageOf(now - (oldestAt ?? now)), language))}</p>
      <p>{on ? words.byItself : words.off}</p>
      {lastError !== undefined && <p className={styles.said}>{words.lastError(lastError)}</p>}
    </div>
  );
}
