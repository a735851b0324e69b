import assert from 'node:assert/strict';
import {
  type Appointment,
  type AppointmentField,
  type AppointmentInput,
  digestFields,
  type FieldDigests,
  type TransportCapabilities,
  type Update,
} from '@appointed/core';
import { call, fields, itemFor, type Test } from './bench.js';
import { EVERY_FIELD, fieldsFor } from './every-field.js';

const KEY = 'k'.repeat(32);
const EMPTIABLE = ['body', 'location', 'requiredAttendees', 'optionalAttendees', 'resources', 'categories'] as const;

/** These are cleared by name alone. */
const ABSENT = ['isAllDay', 'attachments', 'onlineMeeting', 'customProperties', 'recurrence'] as const;

/** `update`: the fields that are named change, the others do not. */
export function describeUpdating(test: Test, capabilities: TransportCapabilities): void {
  const { unchangeableFields = [] } = capabilities;
  const carried = fieldsFor(capabilities);
  const changeable = carried.filter((field) => !unchangeableFields.includes(field));
  const others: Partial<AppointmentInput> = Object.assign({}, ...carried.map((field) => EVERY_FIELD[field]));
  for (const field of changeable) describeSetting(test, field);
  for (const field of EMPTIABLE) {
    describeClearing(test, { field, others, when: 'is named to be cleared', update: { clear: [field] } });
    const update = { set: fields({ [field]: EMPTY[field] }) };
    describeClearing(test, { field, others, when: 'is set to nothing', update });
  }
  for (const field of ABSENT.filter((one) => changeable.includes(one))) {
    describeClearing(test, { field, others, when: 'is named to be cleared', update: { clear: [field] } });
  }
  for (const field of carried.filter((one) => unchangeableFields.includes(one))) describeUnchangeable(test, field);
  describeReminders(test);
  describeConflicts(test);
}

function describeSetting(test: Test, field: AppointmentField): void {
  test(`sets ${field} and leaves the other fields alone`, async (bench) => {
    const mailbox = bench.mailbox(0);
    const { itemId } = await bench.save(mailbox, itemFor(mailbox, 'lesson', { location: 'Court 1' }));
    const before = digests((await bench.read(mailbox, itemId)).fields);
    const set = fields(EVERY_FIELD[field]);
    const receipt = await bench.update(mailbox, { itemId, set });
    assert.ok(typeof receipt === 'object', `the item was ${String(receipt)}`);
    const after = await bench.read(mailbox, receipt.itemId);
    assert.deepEqual(digests(after.fields), { ...before, ...digests(set) });
    assert.equal(receipt.changeKey, after.changeKey);
  });
}

interface Clearing {
  readonly field: AppointmentField;
  /** All that an item can have. */
  readonly others: Partial<AppointmentInput>;
  readonly when: string;
  readonly update: Partial<Update>;
}

function describeClearing(test: Test, { field, others, when, update }: Clearing): void {
  test(`empties ${field} when it ${when}, and leaves the other fields alone`, async (bench) => {
    const mailbox = bench.mailbox(0);
    const item = itemFor(mailbox, 'lesson', { ...others, ...EVERY_FIELD[field] });
    const { itemId } = await bench.save(mailbox, item);
    const { [field]: value, ...rest } = digests((await bench.read(mailbox, itemId)).fields);
    assert.ok(value !== undefined, 'there was nothing to empty');
    await bench.update(mailbox, { itemId, ...update });
    assert.deepEqual(digests((await bench.read(mailbox, itemId)).fields), rest);
  });
}

function describeUnchangeable(test: Test, field: AppointmentField): void {
  test(`rejects a change of ${field}, which it declares it cannot change, and changes nothing`, async (bench) => {
    const mailbox = bench.mailbox(0);
    const item = itemFor(mailbox, 'lesson', EVERY_FIELD[field]);
    const { itemId } = await bench.save(mailbox, item);
    const before = digests((await bench.read(mailbox, itemId)).fields);
    for (const change of [{ set: { [field]: item.content[field], subject: 'other' } }, { clear: [field] }]) {
      const update: Update = { itemId, set: {}, clear: [], sendMode: 'none', ...change };
      const outcome = await bench.transport.update(mailbox, update, call());
      assert.equal(outcome.kind, 'rejected');
      assert.equal(outcome.error.code, 'unsupported');
      assert.equal(outcome.error.field, field);
    }
    assert.deepEqual(digests((await bench.read(mailbox, itemId)).fields), before);
  });
}

const EMPTY = {
  body: '',
  location: '',
  requiredAttendees: [],
  optionalAttendees: [],
  resources: [],
  categories: [],
} as const;

function describeReminders(test: Test): void {
  test('switches a reminder off, and on again', async (bench) => {
    const mailbox = bench.mailbox(0);
    const { itemId } = await bench.save(mailbox, itemFor(mailbox, 'lesson', { reminder: { minutesBefore: 5 } }));
    for (const reminder of [false, { minutesBefore: 20 }] as const) {
      await bench.update(mailbox, { itemId, set: { reminder } });
      assert.deepEqual((await bench.read(mailbox, itemId)).fields.reminder, reminder);
    }
  });
}

function describeConflicts(test: Test): void {
  test('changes nothing, and says conflict, when the item has changed since it was read', async (bench) => {
    const mailbox = bench.mailbox(0);
    const { itemId, changeKey } = await bench.save(mailbox, itemFor(mailbox, 'lesson'));
    // A transport without change keys overwrites.
    if (changeKey === undefined) return;
    const newer = await bench.update(mailbox, { itemId, changeKey, set: { subject: 'mine' } });
    assert.ok(typeof newer === 'object', 'a current change key is no conflict');
    assert.equal(await bench.update(mailbox, { itemId, changeKey, set: { subject: 'theirs' } }), 'conflict');
    assert.equal((await bench.read(mailbox, itemId)).fields.subject, 'mine');
    await bench.update(mailbox, { itemId, set: { subject: 'whatever it was' } });
    assert.equal((await bench.read(mailbox, itemId)).fields.subject, 'whatever it was');
  });

  test('says gone for an item that was removed', async (bench) => {
    const mailbox = bench.mailbox(0);
    const { itemId } = await bench.save(mailbox, itemFor(mailbox, 'lesson'));
    await bench.transport.remove(mailbox, { itemId, sendMode: 'none' }, call());
    assert.equal(await bench.update(mailbox, { itemId, set: { subject: 'late' } }), 'gone');
  });
}

/** One key for all: whose fields they are makes no difference here. */
function digests(of: Partial<Appointment>): FieldDigests {
  return digestFields(KEY, of);
}
