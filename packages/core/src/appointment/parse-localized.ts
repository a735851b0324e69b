import { inLanguage, languageTag } from './localized.js';
import { type Reader, recordOf, recordWith, refuse } from './read-field.js';

/**
 * Reads a value that may be given by language. Each of them is read, also those that are not chosen, so that a mistake in
 * one language shows for every mailbox.
 * @param language the mailbox's; absent where it has none
 */
export function localized<T>(read: Reader<T>, language: string | undefined): Reader<T> {
  return (value, field) => {
    if (typeof value !== 'object' || value === null || !('byLanguage' in value)) return read(value, field);
    const { byLanguage, fallback } = recordWith(value, field, ['byLanguage', 'fallback']);
    if (fallback === undefined) throw refuse(`${field}.fallback`, 'is missing: what mailboxes of other languages get');
    const otherwise = read(fallback, `${field}.fallback`);
    const values = valuesOf(recordOf(byLanguage, `${field}.byLanguage`), `${field}.byLanguage`, read);
    const tag = language === undefined ? undefined : languageTag(language);
    return (tag === undefined ? undefined : inLanguage(values, tag)) ?? otherwise;
  };
}

function valuesOf<T>(
  byLanguage: Readonly<Record<string, unknown>>,
  field: string,
  read: Reader<T>,
): ReadonlyMap<string, T> {
  const values = new Map<string, T>();
  for (const [name, value] of Object.entries(byLanguage)) {
    const tag = languageTag(name);
    if (tag === undefined)
      throw refuse(field, `has a key that is no language tag: ${JSON.stringify(name.slice(0, 50))}`);
    if (values.has(tag)) throw refuse(field, `has ${tag} twice`);
    values.set(tag, read(value, `${field}.${name}`));
  }
  return values;
}
