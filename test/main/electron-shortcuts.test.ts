import { describe, expect, it } from 'vitest';
import { isBrowserShortcut } from '../../src/main/electron-shortcuts.ts';

const bare = { control: false, meta: false, alt: false, shift: false };

describe("a browser's own shortcut", () => {
  it.each([
    ['F5', {}],
    ['F12', {}],
    ['r', { control: true }],
    ['R', { meta: true }],
    ['+', { control: true }],
    ['0', { control: true }],
    ['I', { control: true, shift: true }],
    ['ArrowLeft', { alt: true }],
  ])('%s with %o is kept from the page', (key, modifiers) => {
    expect(isBrowserShortcut({ ...bare, ...modifiers, key })).toBe(true);
  });

  it.each([
    ['0', {}],
    ['+', {}],
    ['Enter', {}],
    ['Escape', {}],
    ['r', {}],
    ['c', { control: true }],
    ['v', { control: true }],
    ['ArrowLeft', {}],
    ['F2', {}],
  ])("%s with %o is the till's", (key, modifiers) => {
    expect(isBrowserShortcut({ ...bare, ...modifiers, key })).toBe(false);
  });
});
