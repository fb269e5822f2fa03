import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { contrast, difference, VISIONS, type Vision } from './colour.ts';

const RENDERER = path.join(import.meta.dirname, '../../../src/renderer');
const read = (name: string): string => readFileSync(path.join(RENDERER, name), 'utf8');
const tokensCss = read('ui/tokens.css');

/** The tokens of one theme, references followed: name → #rrggbb (or whatever else stands there). */
function theme(side: 'light' | 'dark'): (name: string) => string {
  const values = new Map<string, string>();
  for (const [, name = '', value = ''] of tokensCss.matchAll(/--([\w-]+):\s*([^;]+);/g)) {
    const [, light, dark] = /^light-dark\(([^,]+),\s*([^)]+)\)$/.exec(value) ?? [];
    values.set(name, (side === 'light' ? light : dark) ?? value);
  }
  return function token(name: string): string {
    const value = values.get(name) ?? '';
    const [, reference] = /^var\(--([\w-]+)\)$/.exec(value) ?? [];
    return reference === undefined ? value : token(reference);
  };
}

const TONES = ['waiting', 'working', 'password', 'uncertain', 'paid', 'declined', 'cancelled'];
const INKS = ['working', 'password', 'uncertain', 'paid', 'declined', 'cancelled'];

describe.each(['light', 'dark'] as const)('the colours of the %s theme', (side) => {
  const token = theme(side);

  it.each(TONES)('carry text on %s with a contrast of at least 7:1', (tone) => {
    expect(contrast(token(`tone-${tone}-bg`), token(`tone-${tone}-fg`))).toBeGreaterThanOrEqual(7);
  });

  it('carry all other text with a contrast of at least 7:1, quiet text 6:1', () => {
    for (const ground of ['page', 'surface', 'surface-raised', 'surface-sunken', 'key']) {
      expect(contrast(token(ground), token('text'))).toBeGreaterThanOrEqual(7);
      expect(contrast(token(ground), token('text-quiet'))).toBeGreaterThanOrEqual(6);
    }
    expect(contrast(token('accent'), token('accent-text'))).toBeGreaterThanOrEqual(7);
    for (const ink of INKS) expect(contrast(token('surface'), token(`ink-${ink}`))).toBeGreaterThanOrEqual(6);
  });

  it.each(Object.keys(VISIONS) as Vision[])('are told apart pairwise by eyes with %s vision', (vision) => {
    for (const one of TONES) {
      for (const other of TONES.slice(TONES.indexOf(one) + 1)) {
        const apart = difference(token(`tone-${one}-bg`), token(`tone-${other}-bg`), vision);
        expect(apart, `${one} and ${other}`).toBeGreaterThanOrEqual(15);
      }
    }
    // The one mistake that costs money has to be out of the question.
    expect(difference(token('tone-paid-bg'), token('tone-declined-bg'), vision)).toBeGreaterThanOrEqual(30);
    expect(difference(token('tone-paid-bg'), token('tone-password-bg'), vision)).toBeGreaterThanOrEqual(30);
    expect(difference(token('tone-paid-bg'), token('tone-uncertain-bg'), vision)).toBeGreaterThanOrEqual(30);
  });
});

describe('the style sheets', () => {
  const sheets = readdirSync(RENDERER, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.css'));

  it('name colours in one file only', () => {
    const elsewhere = sheets
      .filter((name) => name !== path.join('ui', 'tokens.css'))
      .flatMap((name) =>
        [...read(name).matchAll(/#[0-9a-f]{3,8}\b|\b(?:rgb|hsl)a?\([^)]*\)/gi)].map(([hit]) => `${name}: ${hit}`),
      );
    expect(elsewhere).toEqual([]);
  });

  it('use no token that does not exist', () => {
    const css = sheets.map(read).join('\n');
    const defined = new Set([...css.matchAll(/(--[\w-]+)\s*:/g)].map(([, name]) => name));
    // Set by the component from the text it shows.
    defined.add('--width-em');
    const used = [...css.matchAll(/var\((--[\w-]+)\s*(,)?/g)].filter(([, , fallback]) => fallback === undefined);
    expect(used.map(([, name]) => name).filter((name) => !defined.has(name))).toEqual([]);
  });

  it('give Mantine every variable that its components ask for, for it may not inject them', () => {
    const { resolve } = createRequire(import.meta.url);
    const mantine = read('ui/mantine.css');
    const imported = [...mantine.matchAll(/@import "([^"]+)"/g)].map(([, name = '']) =>
      readFileSync(resolve(name), 'utf8'),
    );
    const asked = [...imported.join('\n').matchAll(/var\((--mantine-[\w-]+)/g)].map(([, name = '']) => name);
    const given = new Set([...mantine.matchAll(/(--mantine-[\w-]+)\s*:/g)].map(([, name]) => name));
    expect(asked.length).toBeGreaterThan(20);
    expect([...new Set(asked)].filter((name) => !given.has(name))).toEqual([]);
  });
});
