import type ICAL from 'ical.js';

/** The text of a property, without what escapes it; empty where it has none. */
export function textOf(event: ICAL.Component, name: string): string {
  const property = event.getFirstProperty(name);
  return property === null ? '' : propertyText(property);
}

/** The text of one property. */
export function propertyText(property: ICAL.Property): string {
  const value = String(property.getFirstValue() ?? '');
  // The library unescapes what it knows to be text, which an X- property need not be.
  return (property.type === 'unknown' ? unescape(value) : value).trim();
}

/** A parameter of a property; of several values the first. */
export function parameterOf(property: ICAL.Property, name: string): string | undefined {
  const value: string | readonly string[] | undefined = property.getFirstParameter(name);
  const first = Array.isArray(value) ? value[0] : value;
  return typeof first === 'string' && first.trim() !== '' ? first.trim() : undefined;
}

function unescape(text: string): string {
  return text.replaceAll(/\\([\\;,nN])/g, (_whole, character: string) => (/n/i.test(character) ? '\n' : character));
}
