/** A device was named in a way that cannot be read: the message says which, and what can. */
export class DeviceTargetError extends Error {
  override name = 'DeviceTargetError';
  readonly kind: 'scanner' | 'printer';

  constructor(kind: 'scanner' | 'printer', text: string, forms: string) {
    super(`Not a ${kind}: "${text}". Write ${forms}.`);
    this.kind = kind;
  }
}
