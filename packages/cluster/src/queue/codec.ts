import { AppointedError, type ErrorSubject } from '@appointed/core';

interface PackedError extends Omit<ErrorSubject, 'cause'> {
  readonly code: AppointedError['code'];
  readonly message: string;
}

type Packed =
  | { readonly $error: PackedError }
  | { readonly $date: number }
  | { readonly $number: 'Infinity' }
  | { readonly $other: string };

/** Makes JSON of what travels between machines: errors, dates and `Infinity` arrive as what they were. */
export function encode(value: unknown): string {
  // A date has made itself a text before a replacer sees it; what holds it still has it.
  return JSON.stringify(value, function pack(this: unknown, key, given: unknown): unknown {
    const found = (this as Readonly<Record<string, unknown>>)[key];
    return packed(found) ?? given;
  });
}

/** Reads what {@link encode} has made. */
export function decode<T>(text: string): T {
  return JSON.parse(text, (_key, value: unknown) => unpacked(value)) as T;
}

function packed(value: unknown): Packed | undefined {
  if (value instanceof Date) return { $date: value.getTime() };
  if (value === Number.POSITIVE_INFINITY) return { $number: 'Infinity' };
  if (AppointedError.is(value)) {
    const { code, message, mailbox, field, row, hint, server } = value;
    return { $error: { code, message, ...defined({ mailbox, field, row, hint, server }) } };
  }
  return value instanceof Error ? { $other: value.message } : undefined;
}

function defined(subject: { readonly [K in keyof ErrorSubject]?: ErrorSubject[K] | undefined }): ErrorSubject {
  return Object.fromEntries(Object.entries(subject).filter(([, value]) => value !== undefined));
}

function unpacked(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if ('$date' in value) return new Date(Number(value.$date));
  if ('$number' in value) return Number.POSITIVE_INFINITY;
  if ('$other' in value) return new Error(String(value.$other));
  return '$error' in value ? errorOf(value.$error as PackedError) : value;
}

function errorOf({ code, message, ...subject }: PackedError): AppointedError {
  // The message begins with the code in brackets.
  return new AppointedError(code, message.slice(code.length + 3), subject);
}
