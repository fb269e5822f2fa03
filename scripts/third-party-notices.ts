import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Plugin } from 'vite';

/** A package of somebody else's that we ship: its licence id, and its licence texts as they lie in its folder. */
export interface Notice {
  readonly name: string;
  readonly version: string;
  readonly licence: string;
  readonly repository: string;
  readonly texts: readonly string[];
}

const ALLOWED = new Set([
  ...['MIT', 'ISC', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0', '0BSD'],
  ...['BlueOak-1.0.0', 'CC0-1.0', 'Unlicense', 'Python-2.0'],
]);

/**
 * Writes out/THIRD-PARTY-NOTICES.txt. Each of the three builds keeps its own part in out/notices/, because any of them
 * may be made alone, and merges what parts there are. `shipped` are packages that are packed without being bundled.
 * A package without a licence, or with one we have not agreed to, fails the build.
 */
export function thirdPartyNotices(build: string, shipped: readonly string[] = []): Plugin {
  return {
    name: 'third-party-notices',
    generateBundle(_options, bundle) {
      const modules = Object.values(bundle).flatMap((chunk) =>
        chunk.type === 'chunk'
          ? Object.entries(chunk.modules).flatMap(([id, { renderedLength }]) =>
              // Styles leave their chunk for a file of their own, so their length says nothing.
              renderedLength > 0 || /\.css($|\?)/.test(id) ? [id] : [],
            )
          : [],
      );
      const folders = [...foldersOf(modules), ...shipped.flatMap((name) => withNested(`node_modules/${name}`))];
      const notices = [...new Set(folders)].map(readNotice);
      mkdirSync('out/notices', { recursive: true });
      writeFileSync(`out/notices/${build}.json`, JSON.stringify(notices));
      const parts = readdirSync('out/notices').map((file) => readFileSync(path.join('out/notices', file), 'utf8'));
      writeFileSync('out/THIRD-PARTY-NOTICES.txt', formatNotices(parts.flatMap((part) => JSON.parse(part))));
    },
  };
}

/** The package folders that these module ids lie in; our own modules and a bundler's virtual ones lie in none. */
export function foldersOf(moduleIds: readonly string[]): readonly string[] {
  const folders = moduleIds.flatMap(
    (id) => /^\0?(.*\/node_modules\/(?:@[^/]+\/)?[^/?]+)\//.exec(id.replaceAll('\\', '/'))?.[1] ?? [],
  );
  return [...new Set(folders)];
}

/** The folder of a package, or of a whole scope, and those of the packages installed within it. */
export function withNested(folder: string): readonly string[] {
  const inner = path.join(folder, 'node_modules');
  const own = existsSync(path.join(folder, 'package.json')) ? [folder] : childrenOf(folder).flatMap(withNested);
  return existsSync(inner) ? [...own, ...childrenOf(inner).flatMap(withNested)] : own;
}

function childrenOf(folder: string): readonly string[] {
  return readdirSync(folder)
    .filter((name) => !name.startsWith('.'))
    .map((name) => path.join(folder, name));
}

/** Throws when the package names no licence, or none that we have agreed to. */
export function readNotice(folder: string): Notice {
  const { name, version, license, repository } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
  if (typeof license !== 'string') throw new Error(`${name}@${version} names no licence: it cannot be shipped.`);
  if (!isAllowed(license)) {
    throw new Error(
      `${name}@${version} is under "${license}", which is not in the list of scripts/third-party-notices.ts.`,
    );
  }
  const files = readdirSync(folder).filter((file) => /^(licen[sc]e|copying)([-.].*)?$/i.test(file));
  const texts = files
    .sort()
    .map((file) => readFileSync(path.join(folder, file), 'utf8').replaceAll('\r\n', '\n').trim());
  return { name, version, licence: license, repository: repository?.url ?? repository ?? 'not named', texts };
}

/** One of several to choose from is enough; of "AND" and "WITH" nothing is understood, so they are refused. */
function isAllowed(licence: string): boolean {
  const choices = /^\((.*)\)$/.exec(licence)?.[1] ?? licence;
  return choices.split(' OR ').some((choice) => ALLOWED.has(choice));
}

/** Each package once, in an order of its own, so that the same input always makes the same file. */
export function formatNotices(notices: readonly Notice[]): string {
  const sections = new Map(notices.map((notice) => [`${notice.name} ${notice.version}`, notice]));
  const sorted = [...sections].sort(([a], [b]) => (a < b ? -1 : 1));
  const head = 'Saoma contains these packages, each under the licence given with it.';
  return `${[head, ...sorted.map(([title, notice]) => `${'='.repeat(80)}\n${title}\n${bodyOf(notice)}`)].join('\n\n')}\n`;
}

function bodyOf({ licence, repository, texts }: Notice): string {
  const text = texts.length > 0 ? texts.join('\n\n') : 'The package carries no licence text of its own.';
  return `Licence: ${licence}\nRepository: ${repository}\n\n${text}`;
}
