import { createHash } from 'node:crypto';
import { isPlainObject } from '../content/plain-object.js';

/** A text that is the same for values that say the same: dates, bytes, lists, objects with their members in any order. */
export function canonicalText(value: unknown): string {
  return JSON.stringify(canonical(value)) ?? 'undefined';
}

function canonical(value: unknown): unknown {
  if (typeof value === 'function') return { $: 'function' };
  if (typeof value === 'bigint' || typeof value === 'symbol') return { $: String(value) };
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Date) return { $: value.getTime() };
  if (value instanceof Uint8Array) return { $: createHash('sha256').update(value).digest('hex') };
  if (Array.isArray(value)) return value.map(canonical);
  // Objects of Temporal and the like say as text what they are.
  if (!isPlainObject(value)) return { $: String(value) };
  const members = Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1));
  return { $: members.flatMap(([name, member]) => (member === undefined ? [] : [[name, canonical(member)]])) };
}
