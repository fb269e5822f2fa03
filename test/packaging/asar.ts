import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

type Node = { readonly files: Record<string, Node> } | FileNode;
interface FileNode {
  readonly size: number;
  readonly offset?: string;
  /** It lies beside the archive, in `app.asar.unpacked`. */
  readonly unpacked?: boolean;
}

export interface AsarFile extends FileNode {
  readonly file: string;
}

const JSON_AT = 16;

/**
 * The files of an asar archive. It is a JSON directory and then the files end to end, with offsets from where the
 * directory stops.
 */
export function listAsar(archive: string): readonly AsarFile[] {
  return readAsar(archive).files;
}

/** Makes ordinary files of the archive and of what was left beside it, as Electron shows them to the program. */
export function extractAsar(archive: string, into: string): void {
  const { files, bytes, dataAt } = readAsar(archive);
  for (const { file, offset, size } of files) {
    if (offset === undefined) continue;
    const target = path.join(into, file);
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, bytes.subarray(dataAt + Number(offset), dataAt + Number(offset) + size));
  }
  cpSync(`${archive}.unpacked`, into, { recursive: true });
}

function readAsar(archive: string) {
  const bytes = readFileSync(archive);
  const json = bytes.toString('utf8', JSON_AT, JSON_AT + bytes.readUInt32LE(12));
  return { bytes, files: flatten(JSON.parse(json), ''), dataAt: 8 + bytes.readUInt32LE(4) };
}

function flatten(node: Node, file: string): AsarFile[] {
  if (!('files' in node)) return [{ ...node, file }];
  return Object.entries(node.files).flatMap(([name, inner]) => flatten(inner, path.posix.join(file, name)));
}
