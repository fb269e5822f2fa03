/* A journal line's payload is read with suspicion: a newer version may have written it. */

export type Payload = Readonly<Record<string, unknown>>;

export function pick<T>(table: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}

export function recordIn(record: Payload, key: string): Payload {
  const value = record[key];
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

export function textIn(record: Payload, key: string): string {
  const value = record[key];
  return typeof value === 'string' ? value : '';
}

export function numberIn(record: Payload, key: string): number {
  const value = record[key];
  return Number.isSafeInteger(value) ? Number(value) : 0;
}
