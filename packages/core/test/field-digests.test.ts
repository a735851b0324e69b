import {
  type AppointmentInput,
  digestFields,
  type FieldDigests,
  parseAppointment,
  type Weekday,
} from '@appointed/core';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LESSON } from './lesson.js';

function digests(fields: Partial<AppointmentInput>, key = 'a'): FieldDigests {
  return digestFields(key, parseAppointment({ ...LESSON, ...fields }));
}

function attached(mediaType: string): Partial<AppointmentInput> {
  return { attachments: [{ name: 'x', content: Uint8Array.of(1), mediaType }] };
}

function weekly(firstDayOfWeek: Weekday, interval = 1): Partial<AppointmentInput> {
  return { recurrence: { pattern: 'weekly', interval, daysOfWeek: ['friday'], firstDayOfWeek } };
}

/** As it is stored, but for spaces. */
function seen(location: string): string | undefined {
  return parseAppointment({ ...LESSON, location })
    .location?.replaceAll(/\s+/gu, ' ')
    .trim();
}

describe('the digests of an appointment', () => {
  it('are there for the fields that say something', () => {
    expect(Object.keys(digests({ location: '  ', body: '', reminder: false, categories: [] })).toSorted()).toEqual([
      'end',
      'reminder',
      'start',
      'subject',
    ]);
  });

  it('are pinned, since ledgers keep them', () => {
    expect(digests({ location: 'Court 1', showAs: 'busy' })).toEqual({
      subject: '7d5e8771354c',
      start: '588e1cde2c6b',
      end: '43574ca140bf',
      location: '4f02ea9b5693',
      showAs: '50f89b9f37cd',
    });
  });

  it('are pinned for every other field, too', () => {
    const start = { date: '2027-01-18', timeZone: 'Europe/Berlin' };
    const propertySetId = '0f8fad5b-d9cb-469f-a165-70867728950e';
    expect(
      digests({
        start,
        end: start,
        responseRequested: false,
        newTimeProposalsAllowed: true,
        attachments: [{ name: 'a.txt', content: Uint8Array.of(1, 2), mediaType: 'Text/Plain', contentId: 'x' }],
        onlineMeeting: true,
        customProperties: [{ propertySetId, name: 'Seats', value: 7 }],
        recurrence: { pattern: 'weekly', daysOfWeek: ['monday'], endDate: '2027-12-31' },
      }),
    ).toMatchInlineSnapshot(`
      {
        "attachments": "91c20f00c929",
        "customProperties": "5722a39b8e38",
        "end": "7dd8a5d22efa",
        "isAllDay": "3f8b2283f4ea",
        "newTimeProposalsAllowed": "471e9f58efa7",
        "onlineMeeting": "2143a27000a6",
        "recurrence": "27c239e77355",
        "reminder": "132364f58749",
        "responseRequested": "05f4eca1ab85",
        "start": "75dd093655c3",
        "subject": "7d5e8771354c",
      }
    `);
  });

  it('do not tell that two mailboxes have the same', () => {
    expect(digests({}, 'a').subject).not.toBe(digests({}, 'b').subject);
  });

  it('differ when any character of a text differs', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (one, other) => {
        const isSame = seen(one) === seen(other);
        expect(digests({ location: one }).location === digests({ location: other }).location).toBe(isSame);
      }),
      { numRuns: 300 },
    );
  });
});

describe('what servers write differently makes no difference', () => {
  const pairs: readonly (readonly [string, Partial<AppointmentInput>, Partial<AppointmentInput>])[] = [
    ['spaces around a subject', { subject: ' Match ' }, { subject: 'Match' }],
    ['line ends of a body', { body: 'one\r\ntwo\r\n' }, { body: 'one\ntwo' }],
    ['the HTML of a body', { body: { html: '<p>R&amp;D <b>now</b></p>' } }, { body: 'R&D now' }],
    [
      'what a server wraps around HTML',
      { body: { html: '<p>Hello</p>' } },
      {
        body: { html: '<html><head><style>p { color: red }</style></head><body><!-- x --><p>Hello</p></body></html>' },
      },
    ],
    ['references to characters', { body: { html: 'caf&#233; &#x1F3BE;&nbsp;' } }, { body: 'café 🎾' }],
    ['the case of addresses', { requiredAttendees: ['A@Contoso.com'] }, { requiredAttendees: ['a@contoso.com'] }],
    ['names of attendees', { resources: [{ address: 'r@c.de', name: 'Room' }] }, { resources: ['r@c.de'] }],
    ['the case of media types', attached('text/plain'), attached('Text/Plain')],
    ['where a week begins, when none is left out', weekly('sunday'), weekly('monday')],
    ['the order of lists', { categories: ['a', 'b'] }, { categories: ['b', 'a'] }],
    [
      'the zone of a time',
      { start: { dateTime: '2027-01-15T10:00', timeZone: 'Europe/Berlin' } },
      { start: new Date('2027-01-15T09:00:00Z') },
    ],
  ];

  it.each(pairs)('%s', (_name, one, other) => {
    expect(digests(one)).toEqual(digests(other));
  });
});

it('where a week begins makes a difference when weeks are left out', () => {
  expect(digests(weekly('sunday', 2))).not.toEqual(digests(weekly('monday', 2)));
});
