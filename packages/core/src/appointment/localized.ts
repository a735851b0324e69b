/**
 * One value for each language, and one for everybody else. Which it is, is decided by the mailbox's attribute `language`
 * (`de`, `de-AT`), as RFC 4647 says for look-ups: `de-AT` takes `de-AT`, else `de`, else the fallback.
 */
export interface ByLanguage<T> {
  /** By language tag, in any case: `{ de: 'Tennisstunde', 'pt-BR': 'Aula de tênis' }`. */
  readonly byLanguage: Readonly<Record<string, T>>;
  /** For mailboxes without a language, or with one that is not there. */
  readonly fallback: T;
}

/** A value, or one for each language. */
export type Localized<T> = T | ByLanguage<T>;

const TAG = /^[a-z]{2,8}(?:-[a-z0-9]{1,8})*$/;

/** A language tag in lower case, with hyphens (some directories write `de_AT`). @returns undefined if it is none */
export function languageTag(text: string): string | undefined {
  const tag = text.trim().toLowerCase().replaceAll('_', '-');
  return TAG.test(tag) ? tag : undefined;
}

/** The value for a language tag: of the tag itself, else of what is left of it without its last parts. */
export function inLanguage<T>(values: ReadonlyMap<string, T>, tag: string): T | undefined {
  for (let range = tag; range !== ''; range = range.slice(0, Math.max(range.lastIndexOf('-'), 0))) {
    const value = values.get(range);
    if (value !== undefined) return value;
  }
  return undefined;
}
