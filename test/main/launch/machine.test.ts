import { describe, expect, it } from 'vitest';
import { hasDisplay } from '../../../src/main/launch/machine.ts';

describe('a display', () => {
  it.each([
    ['X11', { DISPLAY: ':0' }, true],
    ['Wayland', { WAYLAND_DISPLAY: 'wayland-0' }, true],
    ['a remote shell', {}, false],
    ['an emptied variable', { DISPLAY: '' }, false],
  ])('on Linux under %s: %o → %s', (_, env, expected) => {
    expect(hasDisplay(env, 'linux')).toBe(expected);
  });

  it('is always there on Windows and macOS', () => {
    expect([hasDisplay({}, 'win32'), hasDisplay({}, 'darwin')]).toEqual([true, true]);
  });
});
