import {
  AppointedError,
  type AppointmentField,
  type CustomPropertyName,
  type Outcome,
  type Receipt,
  type Update,
} from '@appointed/core';
import { codeOf } from '../classify/refusal.js';
import type { Conversation } from '../conversation.js';
import { customPropertyNames } from '../decode/extended-properties.js';
import { receiptIn } from '../decode/receipt.js';
import { itemIn } from '../decode/stored-item.js';
import { customPropertyChanges } from '../encode/custom-properties.js';
import type { Xml } from '../encode/element.js';
import { getPropertyList } from '../encode/get-item.js';
import { itemChanges } from '../encode/item-changes.js';
import { updateItem } from '../encode/update-item.js';

/** UpdateItem has no way to write them. */
export const UNCHANGEABLE: readonly AppointmentField[] = ['attachments', 'onlineMeeting'];

/** Codes that say for certain that nothing was changed, and why. */
const UNCHANGED: Readonly<Record<string, 'gone' | 'conflict'>> = {
  ErrorItemNotFound: 'gone',
  ErrorIrresolvableConflict: 'conflict',
  ErrorStaleObject: 'conflict',
};

type Updated = Outcome<Receipt | 'gone' | 'conflict'>;

/** Changes some fields of an item: operation UpdateItem, and GetItem before it where custom properties change. */
export async function update(conversation: Conversation, wanted: Update): Promise<Updated> {
  const unchangeable = UNCHANGEABLE.find((field) => isNamed(field, wanted));
  if (unchangeable !== undefined) return unsupported(unchangeable);
  const properties = await propertyChanges(conversation, wanted);
  if (properties.kind !== 'done') return withUnchanged(properties);
  const changes = [...itemChanges(wanted), ...properties.value];
  if (changes.length === 0) return { kind: 'done', value: unchanged(wanted) };
  const outcome = await conversation.ask('UpdateItem', updateItem(wanted, changes));
  return outcome.kind === 'done' ? receiptIn(outcome.value) : withUnchanged(outcome);
}

function isNamed(field: AppointmentField, { set, clear }: Update): boolean {
  return field in set || clear.includes(field);
}

function unsupported(field: AppointmentField): Updated {
  const message = `ews cannot change ${field} of an item that is saved`;
  return { kind: 'rejected', scope: 'placement', error: new AppointedError('unsupported', message, { field }) };
}

/** Those that are no more wanted are only known to the item. */
async function propertyChanges(conversation: Conversation, wanted: Update): Promise<Outcome<readonly Xml[]>> {
  if (!isNamed('customProperties', wanted)) return { kind: 'done', value: [] };
  const before = await propertyNames(conversation, wanted.itemId);
  if (before.kind !== 'done') return before;
  return { kind: 'done', value: customPropertyChanges(wanted.set.customProperties ?? [], before.value) };
}

async function propertyNames(
  conversation: Conversation,
  itemId: string,
): Promise<Outcome<readonly CustomPropertyName[]>> {
  const told = await conversation.ask('GetItem', getPropertyList([itemId]));
  if (told.kind !== 'done') return told.kind === 'unknown' ? { kind: 'deferred', error: told.error } : told;
  const item = itemIn(told.value);
  return { kind: 'done', value: item === undefined ? [] : customPropertyNames(item) };
}

function withUnchanged(failure: Exclude<Outcome<never>, { kind: 'done' }>): Updated {
  const value = UNCHANGED[codeOf(failure) ?? ''];
  return value === undefined ? failure : { kind: 'done', value };
}

function unchanged({ itemId, changeKey }: Update): Receipt {
  return { itemId, ...(changeKey === undefined ? {} : { changeKey }) };
}
