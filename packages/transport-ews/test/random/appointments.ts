import {
  type AppointedError,
  type AppointmentInput,
  type AttachmentInput,
  type AttendeeInput,
  type BodyInput,
  type CustomPropertyInput,
  parseAppointment,
  type RecurrenceInput,
} from '@appointed/core';
import * as fc from 'fast-check';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const ZONES = Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'Antarctica/Troll');
const SETS = ['0f8fad5b-d9cb-469f-a165-70867728950e', '{7C9E6679-7425-40DE-944B-E07FC1F90AE7}'];

/** Markup, what XML forbids, and anything else that UTF-16 can hold, lone surrogates included. */
const text = fc
  .array(
    fc.oneof(
      fc.constantFrom('&', '<', '>', '"', "'", ']]>', '<!--', '&amp;', '&#0;', '\r\n', '\t', '\u2028', '\uFFFE', '🎾'),
      fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)),
      fc.string({ maxLength: 8 }),
    ),
    { maxLength: 20 },
  )
  .map((parts) => parts.join(''));
/** Something to read, at most so long. */
const words = (most: number): fc.Arbitrary<string> => text.map((rest) => `x${rest}`.slice(0, most));

const address = fc.constantFrom("o'hara&sons@contoso.com", 'jürgen@bücher.example', 'a+b@contoso.com', 'x@y.example');
const attendee: fc.Arbitrary<AttendeeInput> = fc.oneof(address, fc.record({ address, name: words(60) }));
const people = fc.uniqueArray(attendee, {
  maxLength: 4,
  selector: (one) => (typeof one === 'string' ? one : one.address),
});

const body: fc.Arbitrary<BodyInput> = fc.oneof(
  text,
  text.map((content) => ({ text: content })),
  text.map((content) => ({ html: `<p>${content}</p>` })),
);

const attachment: fc.Arbitrary<AttachmentInput> = fc.record(
  {
    name: words(255),
    content: fc.uint8Array({ maxLength: 200 }),
    mediaType: fc.constantFrom('text/plain; charset="utf-8"', 'image/svg+xml', 'application/vnd.ms-excel'),
    contentId: fc.uuid().map((id) => `${id}@contoso.com`),
  },
  { requiredKeys: ['name', 'content'] },
);

const instant = fc
  .integer({ min: Date.UTC(1995, 0) / 1000, max: Date.UTC(2090, 0) / 1000 })
  .map((seconds) => new Date(seconds * 1000));

const customProperty: fc.Arbitrary<CustomPropertyInput> = fc.record({
  propertySetId: fc.constantFrom(...SETS),
  name: words(40),
  value: fc.oneof(text, fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }), fc.boolean(), instant),
});

/** The next two years: before, zones that have one Windows zone now had clocks of their own. */
const soon = fc
  .integer({ min: 0, max: 2 * 365 * DAY_MS })
  .map((ms) => new Date(Math.floor((Date.now() + ms) / 1000) * 1000));

function wall(ms: number): string {
  return new Date(ms).toISOString().slice(0, 19);
}

function dateAt(ms: number): string {
  return wall(ms).slice(0, 10);
}

type Span = Pick<AppointmentInput, 'start' | 'end'>;

const timed: fc.Arbitrary<Span> = fc
  .tuple(soon, fc.integer({ min: 0, max: 22 * 60 }), fc.constantFrom(...ZONES))
  .map(([start, minutes, timeZone]) => {
    const end = start.getTime() + minutes * MINUTE_MS;
    return { start: { dateTime: wall(start.getTime()), timeZone }, end: { dateTime: wall(end), timeZone } };
  });
const wholeDays: fc.Arbitrary<Span> = fc
  .tuple(soon, fc.integer({ min: 0, max: 30 }), fc.constantFrom(...ZONES))
  .map(([start, days, timeZone]) => {
    return {
      start: { date: dateAt(start.getTime()), timeZone },
      end: { date: dateAt(start.getTime() + days * DAY_MS) },
    };
  });
const utc: fc.Arbitrary<Span> = fc
  .tuple(instant, fc.integer({ min: 0, max: 22 * 60 }))
  .map(([start, minutes]) => ({ start, end: new Date(start.getTime() + minutes * MINUTE_MS) }));

const WEEK = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'] as const;
const range = fc.oneof(
  fc.constant({}),
  fc.constant({ endDate: '2199-12-31' }),
  fc.integer({ min: 1, max: 999 }).map((numberOfOccurrences) => ({ numberOfOccurrences })),
);
const dayOfWeek = fc.constantFrom(...WEEK, 'day' as const, 'weekday' as const, 'weekendDay' as const);
const index = fc.constantFrom('first', 'second', 'third', 'fourth', 'last' as const);
const month = fc.integer({ min: 1, max: 12 });
const interval = fc.integer({ min: 1, max: 9 });

/** Any, most of which begin on other days than a given start. */
const recurrence: fc.Arbitrary<RecurrenceInput> = fc
  .tuple(
    fc.oneof(
      fc.record({ pattern: fc.constant('daily'), interval: fc.integer({ min: 1, max: 999 }) }),
      fc.record({
        pattern: fc.constant('weekly'),
        interval: fc.integer({ min: 1, max: 99 }),
        daysOfWeek: fc.uniqueArray(fc.constantFrom(...WEEK), { minLength: 1 }),
        firstDayOfWeek: fc.constantFrom(...WEEK),
      }),
      fc.record({ pattern: fc.constant('absoluteMonthly'), interval, dayOfMonth: fc.integer({ min: 1, max: 31 }) }),
      fc.record({ pattern: fc.constant('relativeMonthly'), interval, index, dayOfWeek }),
      fc.record({ pattern: fc.constant('absoluteYearly'), month, dayOfMonth: fc.integer({ min: 1, max: 28 }) }),
      fc.record({ pattern: fc.constant('relativeYearly'), month, index, dayOfWeek }),
    ),
    range,
  )
  .map(([pattern, until]) => ({ ...pattern, ...until }) as RecurrenceInput);

/** The first day from the start on that the recurrence falls on is the start then: core names it in its refusal. */
function fitting(input: AppointmentInput): AppointmentInput {
  try {
    parseAppointment(input);
    return input;
  } catch (error) {
    const [, date] = /the first from then on is (\S+)$/.exec((error as AppointedError).message) ?? [];
    if (date !== undefined) return beginningOn(input, date);
    // The clocks skip the start, so that it is moved behind the end; or it is nothing that ever recurs.
    const { recurrence: _none, ...others } = input;
    return { ...others, end: input.start };
  }
}

function beginningOn(input: AppointmentInput, date: string): AppointmentInput {
  const { start } = input;
  if (start instanceof Date) {
    const moved = new Date(`${date}${start.toISOString().slice(10)}`);
    return { ...input, start: moved, end: moved };
  }
  const moved =
    'date' in start
      ? { ...start, date }
      : { ...start, dateTime: date + String(Reflect.get(start, 'dateTime')).slice(10) };
  return { ...input, start: moved as AppointmentInput['start'], end: moved as AppointmentInput['end'] };
}

const others: fc.Arbitrary<Omit<AppointmentInput, keyof Span>> = fc.record(
  {
    subject: words(255),
    body,
    location: fc.oneof(
      text,
      fc.array(
        words(30).map((place) => place.replaceAll(';', ',')),
        { maxLength: 3 },
      ),
    ),
    requiredAttendees: people,
    optionalAttendees: people,
    resources: people,
    reminder: fc.oneof(
      fc.constant(false as const),
      fc.record({ minutesBefore: fc.integer({ min: 0, max: 2_629_800 }) }),
    ),
    showAs: fc.constantFrom('free', 'tentative', 'busy', 'oof', 'workingElsewhere'),
    sensitivity: fc.constantFrom('normal', 'personal', 'private', 'confidential'),
    importance: fc.constantFrom('low', 'normal', 'high'),
    categories: fc.array(words(30), { maxLength: 3 }),
    responseRequested: fc.boolean(),
    newTimeProposalsAllowed: fc.boolean(),
    attachments: fc.array(attachment, { maxLength: 2 }),
    customProperties: fc
      .array(customProperty, { maxLength: 4 })
      .map((list) => list.map((property, n) => ({ ...property, name: `${property.name}${n}x` }))),
    recurrence,
  },
  { requiredKeys: ['subject'] },
);

/** Any appointment that a factory may make. */
export const anyAppointment: fc.Arbitrary<AppointmentInput> = fc
  .tuple(others, fc.oneof(timed, wholeDays, utc))
  .map(([fields, span]) => ({ ...fields, ...span }))
  .map((input) => fitting(input.recurrence === undefined ? input : { ...input, end: input.start }));
