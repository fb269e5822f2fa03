/** A broken invariant is a bug in our code, never a thing that life can do to us: it throws at once. */
export function invariant(condition: unknown, message: string): asserts condition {
  if (!condition) throw new InvariantError(message);
}

/** The default branch of a switch over a union: forgetting a case becomes a compile error. */
export function unreachable(value: never): never {
  throw new InvariantError(`Unexpected value: ${JSON.stringify(value)}`);
}

export class InvariantError extends Error {
  override name = 'InvariantError';
}
