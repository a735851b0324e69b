import type { Outcome } from '@appointed/core';
import type { Conversation } from '../conversation.js';
import { customPropertiesIn } from '../decode/extended-properties.js';
import { itemIn, type PartOfItem } from '../decode/stored-item.js';
import { getCustomProperties } from '../encode/get-item.js';
import { customPropertyId } from '../custom-property-id.js';
import type { FieldsOfItems } from './read-attachments.js';

/** The custom properties of items: operation GetItem once more, with the names that the items list. */
export async function readCustomProperties(
  conversation: Conversation,
  items: readonly PartOfItem[],
): Promise<Outcome<FieldsOfItems>> {
  const fields = new Map<string, { readonly customProperties: NonNullable<ReturnType<typeof customPropertiesIn>> }>();
  const listing = items.filter(({ customProperties }) => customProperties.length > 0);
  if (listing.length === 0) return { kind: 'done', value: fields };
  const names = new Map(
    listing.flatMap(({ customProperties }) => customProperties.map((name) => [customPropertyId(name), name])),
  );
  const request = getCustomProperties(
    listing.map(({ itemId }) => itemId),
    [...names.values()],
  );
  const outcomes = await conversation.askEach('GetItem', request, listing.length);
  for (const [index, outcome] of outcomes.entries()) {
    if (outcome.kind !== 'done') return outcome;
    const { itemId, customProperties } = listing[index] as PartOfItem;
    const item = itemIn(outcome.value);
    const found = item && customPropertiesIn(item, customProperties);
    if (found !== undefined) fields.set(itemId, { customProperties: found });
  }
  return { kind: 'done', value: fields };
}
