import type { CustomProperty, CustomPropertyName } from '@appointed/core';
import type { Event } from '@microsoft/microsoft-graph-types';
import { customPropertyId, customPropertyName, LIST_ID } from '../extended-properties.js';

/** The names of an event's custom properties, from the list that was saved beside them. */
export function customPropertyNames({ multiValueExtendedProperties }: Event): readonly CustomPropertyName[] {
  const list = multiValueExtendedProperties?.find(({ id }) => isSame(id, LIST_ID));
  return (list?.value ?? []).flatMap((id) => (id ? (customPropertyName(id) ?? []) : []));
}

/** Custom properties of an event, as far as it has them. @returns undefined where there are none */
export function customPropertiesIn(
  { singleValueExtendedProperties }: Event,
  names: readonly CustomPropertyName[],
): readonly CustomProperty[] | undefined {
  const found = names.flatMap((name) => {
    const property = singleValueExtendedProperties?.find(({ id }) => isSame(id, customPropertyId(name)));
    return typeof property?.value === 'string' ? [valued(name, property.value)] : [];
  });
  return found.length === 0 ? undefined : found;
}

/** Servers spell GUIDs as they like. */
function isSame(id: string | undefined, wanted: string): boolean {
  return id?.replace(/\{.*?\}/, (guid) => guid.toLowerCase()) === wanted;
}

function valued({ type, ...name }: CustomPropertyName, text: string): CustomProperty {
  switch (type) {
    case 'string':
      return { ...name, type, value: text };
    case 'integer':
      return { ...name, type, value: Number(text) };
    case 'boolean':
      return { ...name, type, value: text.trim().toLowerCase() === 'true' };
    case 'time':
      return { ...name, type, value: inUtc(text.trim()) };
  }
}

function inUtc(time: string): string {
  const epochMs = Math.floor(Date.parse(time) / 1000) * 1000;
  return Number.isNaN(epochMs) ? time : new Date(epochMs).toISOString().replace('.000Z', 'Z');
}
