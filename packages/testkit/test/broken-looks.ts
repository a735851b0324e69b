import type { AppointmentField, Found, ItemPlace, Outcome, StoredItem } from '@appointed/core';
import type { FakeTransport } from '@appointed/testkit';
import type { BrokenRule, Methods } from './broken-rule.js';

/** Rules of finding everywhere, reading, similarity and checking. */
export const brokenLooks: readonly BrokenRule[] = [
  ['finds in the calendar alone', /owner's move/, (fake) => finding(fake, inCalendar)],
  ['takes what is deleted for what is there', /owner's delete/, (fake) => finding(fake, (f) => at(f, 'calendar'))],
  ['takes what was moved for what was deleted', /owner's move/, (fake) => finding(fake, (f) => at(f, 'deleted'))],
  ['hides copies', /owner's copy/, (fake) => finding(fake, (all) => all.slice(0, 1))],
  ['takes a copy for the original', /another UID/, (fake) => finding(fake, (f) => f.map(withOneUid))],
  ['has UIDs of its own', /UID that it was saved with/, (fake) => finding(fake, (f) => f.map(withUidOfItsOwn))],
  ['calls all saved as the first', /another UID/, (fake) => finding(fake, (f) => f.map(savedAsTheFirst(f)))],
  ['reads no location', /reads location/, (fake) => reading(fake, (items) => items.map(without('location')))],
  ['reads in another order', /in the order in which/, (fake) => reading(fake, (items) => items.toReversed())],
  ['leaves out what is gone', /says gone in the place/, (fake) => reading(fake, (all) => all.filter(isThere))],
  ['reads what it remembers', /what the owner has changed/, remembers],
  ['takes everything for similar', /similar of another/, () => ({ hasSimilar: () => Promise.resolve(done(true)) })],
  ['knows nothing similar', /knows an item/, () => ({ hasSimilar: () => Promise.resolve(done(false)) })],
  [
    'lets everybody be acted for',
    /may not be acted for/,
    () => ({ check: ({ id }) => Promise.resolve(done({ primaryAddress: id })) }),
  ],
  [
    'takes all for one person',
    /not the same/,
    () => ({ check: () => Promise.resolve(done({ primaryAddress: 'a@contoso.com' })) }),
  ],
  ['writes when it checks', /writes nothing/, writesWhenItChecks],
  ['reads no recurrence', /reads recurrence/, (fake) => reading(fake, (items) => items.map(without('recurrence')))],
  ['reads no bytes', /reads attachments/, (fake) => reading(fake, (items) => items.map(withoutBytes))],
  ['takes days for hours', /reads isAllDay/, (fake) => reading(fake, (items) => items.map(without('isAllDay')))],
  ['knows another zone', /tells the zones/, () => ({ zone: () => Promise.resolve(done('Asia/Tokyo')) })],
  ['knows no zone', /tells the zones/, () => ({ zone: () => Promise.resolve(done(undefined)) })],
];

function done<T>(value: T): Outcome<T> {
  return { kind: 'done', value };
}

function finding(fake: FakeTransport, change: (found: readonly Found[]) => readonly Found[]): Methods {
  return {
    async find(mailbox, keys, call) {
      const outcome = await fake.find(mailbox, keys, call);
      return outcome.kind === 'done' ? done(change(outcome.value)) : outcome;
    },
  };
}

type Read = readonly (StoredItem | 'gone')[];

function reading(fake: FakeTransport, change: (items: Read) => Read): Methods {
  return {
    async read(mailbox, itemIds, call) {
      const outcome = await fake.read(mailbox, itemIds, call);
      return outcome.kind === 'done' ? done(change(outcome.value)) : outcome;
    },
  };
}

function inCalendar(found: readonly Found[]): readonly Found[] {
  return found.filter(({ place }) => place === 'calendar');
}

function at(found: readonly Found[], place: ItemPlace): readonly Found[] {
  return found.map((item) => ({ ...item, place }));
}

function withOneUid(found: Found): Found {
  return { ...found, iCalUid: 'one' };
}

function withUidOfItsOwn(found: Found): Found {
  return { ...found, iCalUid: `UID of ${found.itemId}` };
}

function savedAsTheFirst([first]: readonly Found[]): (found: Found) => Found {
  const savedUid = first?.iCalUid;
  return (found) => ({ ...found, ...(savedUid === undefined ? {} : { savedUid }) });
}

function without(field: AppointmentField): (item: StoredItem | 'gone') => StoredItem | 'gone' {
  return (item) => {
    if (item === 'gone') return item;
    const { [field]: _left, ...fields } = item.fields;
    return { ...item, fields };
  };
}

function withoutBytes(item: StoredItem | 'gone'): StoredItem | 'gone' {
  if (item === 'gone' || item.fields.attachments === undefined) return item;
  const attachments = item.fields.attachments.map((one) => ({ ...one, content: '' }));
  return { ...item, fields: { ...item.fields, attachments } };
}

function isThere(item: StoredItem | 'gone'): boolean {
  return item !== 'gone';
}

function remembers(fake: FakeTransport): Methods {
  return {
    read: (mailbox, itemIds) =>
      Promise.resolve(
        done(
          itemIds.map((itemId) => {
            const item = fake.stored(mailbox.id).find((stored) => stored.itemId === itemId);
            return item === undefined ? 'gone' : { itemId, changeKey: 'any', fields: item.content as object };
          }),
        ),
      ),
  };
}

function writesWhenItChecks(fake: FakeTransport): Methods {
  return {
    async check(mailbox, call) {
      const content = { subject: 'a trial', attendeeCount: 0, transport: 'fake' } as never;
      await fake.save({ mailbox, sendMode: 'none', items: [{ key: 'trial', content }] }, call);
      return await fake.check(mailbox, call);
    },
  };
}
