const inspect = Symbol.for('nodejs.util.inspect.custom');

/**
 * A value that must not reach a log, a journal or a crash report: a payment code, an API key. Printed, joined or
 * serialised it shows `[secret]`; only `reveal()` gives it out, so each use can be found by searching for that word.
 */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return '[secret]';
  }

  toJSON(): string {
    return '[secret]';
  }

  [inspect](): string {
    return '[secret]';
  }
}
