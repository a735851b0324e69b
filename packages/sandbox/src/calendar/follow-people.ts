import type { Invited } from './answers.js';
import type { Attendee } from './item.js';
import type { Exception } from './series.js';

const LISTS = ['requiredAttendees', 'optionalAttendees', 'resources'] as const;

/**
 * Occurrences with people of their own follow their series: who is taken out of it is out, who is new is in.
 * @param before who was invited to the series @param after who is now
 */
export function followPeople(
  exceptions: ReadonlyMap<number, Exception>,
  before: Partial<Invited>,
  after: Partial<Invited>,
): ReadonlyMap<number, Exception> {
  const [old, now] = [addressesOf(before), addressesOf(after)];
  return new Map(
    [...exceptions].map(([day, own]): [number, Exception] => {
      if (own === 'deleted') return [day, own];
      const there = addressesOf(own);
      const followed = { ...own };
      // A list that it has not of its own is that of the series.
      for (const list of LISTS.filter((name) => name in own)) {
        const kept = (own[list] ?? []).filter((person) => !old.has(keyOf(person)) || now.has(keyOf(person)));
        const added = (after[list] ?? []).filter((person) => !old.has(keyOf(person)) && !there.has(keyOf(person)));
        followed[list] = kept.length + added.length === 0 ? undefined : [...kept, ...added];
      }
      return [day, followed];
    }),
  );
}

function addressesOf(invited: Partial<Invited>): ReadonlySet<string> {
  return new Set(LISTS.flatMap((list) => (invited[list] ?? []).map(keyOf)));
}

function keyOf({ address }: Attendee): string {
  return address.toLowerCase();
}
