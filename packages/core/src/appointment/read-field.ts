import { AppointedError } from '../error/appointed-error.js';
import { storableText } from './storable-text.js';

/** What an object holds, before anybody has looked at it. */
export type Fields = Readonly<Record<string, unknown>>;

/** Reads what a field holds. `field` is its path: `requiredAttendees[2].name`. @throws AppointedError that names it */
export type Reader<T> = (value: unknown, field: string) => T;

/** What is wrong with a field. */
export function refuse(field: string, complaint: string, cause?: unknown): AppointedError {
  return new AppointedError('invalid_appointment', `${field} ${complaint}`, { field, cause });
}

/** An object that is no list. */
export function recordOf(value: unknown, field: string): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw refuse(field, 'is not an object');
  return value as Fields;
}

/** An object with no members but these. */
export function recordWith(value: unknown, field: string, names: readonly string[]): Fields {
  const fields = recordOf(value, field);
  const unknown = Object.keys(fields).find((name) => !names.includes(name));
  if (unknown !== undefined) throw refuse(`${field}.${unknown.slice(0, 100)}`, `is not known: ${names.join(', ')}`);
  return fields;
}

/** A text, less what no server can store. */
export function textOf(value: unknown, field: string): string {
  if (typeof value !== 'string') throw refuse(field, 'is not a string');
  return storableText(value);
}

/** A text in which there is something to read. */
export function wordsOf(value: unknown, field: string, most: number = Number.POSITIVE_INFINITY): string {
  const text = textOf(value, field);
  if (text.trim() === '') throw refuse(field, 'is empty');
  if (text.length > most) throw refuse(field, `is longer than ${most} characters`);
  return text;
}

/** A truth value. */
export function booleanOf(value: unknown, field: string): boolean {
  if (typeof value !== 'boolean') throw refuse(field, 'is neither true nor false');
  return value;
}

/** A whole number in a range. */
export function integerOf(value: unknown, field: string, least: number, most: number): number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most) return value;
  throw refuse(field, `is not a whole number from ${least} to ${most}`);
}

/** One of some words. */
export function oneOf<const T extends readonly string[]>(allowed: T): Reader<T[number]> {
  return (value, field) => {
    const found = allowed.find((candidate) => candidate === value);
    if (found === undefined) throw refuse(field, `is none of ${allowed.join(', ')}`);
    return found;
  };
}

const NONE: readonly never[] = Object.freeze([]);

/** A list, each entry read by itself; a missing one is empty. */
export function listOf<T>(value: unknown, field: string, read: Reader<T>): readonly T[] {
  if (value === undefined) return NONE;
  if (!Array.isArray(value)) throw refuse(field, 'is not a list');
  return Object.freeze(Array.from(value, (entry, index) => read(entry, `${field}[${index}]`)));
}
