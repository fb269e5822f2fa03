/** Keys with which a browser reloads, zooms, steps back or opens its tools: none of them is a till's. */
export function isBrowserShortcut(input: {
  readonly key: string;
  readonly control: boolean;
  readonly meta: boolean;
  readonly alt: boolean;
  readonly shift: boolean;
}): boolean {
  const key = input.key.toLowerCase();
  if (key === 'f5' || key === 'f12') return true;
  if (input.alt) return key === 'arrowleft' || key === 'arrowright';
  if (!input.control && !input.meta) return false;
  return ['r', '+', '-', '=', '0'].includes(key) || (input.shift && ['i', 'j', 'c'].includes(key));
}
