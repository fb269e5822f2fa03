import { describeTrouble, type Language, languageOf, troubleOf } from '../trouble.ts';

/** Where a command's words go. Everything for machines is one JSON object a line on standard output. */
export interface Output {
  readonly language: Language;
  readonly json: boolean;
  /** For people, on standard output; silent with --json. */
  say(line: string): void;
  /** For machines; silent without --json. */
  emit(event: Readonly<Record<string, unknown>>): void;
  /** Three lines and the system's own words, on standard error; with --json also an `error` event. */
  fail(error: unknown): void;
}

export function createOutput(json: boolean, env: Readonly<Record<string, string | undefined>> = process.env): Output {
  const language = languageOf(env);
  return {
    language,
    json,
    say(line) {
      if (!json) process.stdout.write(`${line}\n`);
    },
    emit(event) {
      if (json) process.stdout.write(`${JSON.stringify(event)}\n`);
    },
    fail(error) {
      const trouble = troubleOf(error);
      const { happened, money, next } = describeTrouble(trouble, language);
      process.stderr.write(`${happened}\n${money}\n${next}\n[${trouble.code}] ${trouble.detail}\n`);
      if (json) {
        const { code, detail } = trouble;
        process.stdout.write(`${JSON.stringify({ event: 'error', code, happened, money, next, detail })}\n`);
      }
    },
  };
}
