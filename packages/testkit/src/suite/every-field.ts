import type { AppointmentField, AppointmentInput, TransportCapabilities } from '@appointed/core';

const NASTY = 'R&D <b>"x"</b> \u{1F3BE} ]]> &amp; it\u2019s';

const SUMMER: Partial<AppointmentInput> = {
  start: { dateTime: '2027-07-01T09:00:00', timeZone: 'Europe/Berlin' },
  end: { dateTime: '2027-07-01T10:30:00', timeZone: 'Europe/Berlin' },
};

const ALL_DAY: Partial<AppointmentInput> = {
  start: { date: '2027-07-01', timeZone: 'Europe/Berlin' },
  end: { date: '2027-07-02' },
};

const EVERY_BYTE = Uint8Array.from({ length: 256 }, (_, byte) => byte);
const SET = '0f8fad5b-d9cb-469f-a165-70867728950e';

/** For each field a value of its own that is hard to carry, and no server's default. */
export const EVERY_FIELD: Readonly<Record<AppointmentField, Partial<AppointmentInput>>> = {
  subject: { subject: NASTY },
  body: { body: `${NASTY}\r\nsecond line` },
  // They come together.
  start: SUMMER,
  end: SUMMER,
  location: { location: NASTY },
  requiredAttendees: { requiredAttendees: ['required@contoso.com', { address: 'second@contoso.com', name: NASTY }] },
  optionalAttendees: { optionalAttendees: ['optional@contoso.com'] },
  resources: { resources: ['room@contoso.com'] },
  reminder: { reminder: { minutesBefore: 45 } },
  showAs: { showAs: 'oof' },
  sensitivity: { sensitivity: 'confidential' },
  importance: { importance: 'high' },
  categories: { categories: ['R&D', 'Sport'] },
  isAllDay: ALL_DAY,
  responseRequested: { responseRequested: false },
  newTimeProposalsAllowed: { newTimeProposalsAllowed: false },
  attachments: {
    attachments: [
      { name: `${NASTY}.bin`, content: EVERY_BYTE },
      { name: 'logo.png', content: EVERY_BYTE.slice(0, 100), mediaType: 'image/png', contentId: 'logo@contoso.com' },
      { name: 'empty.txt', content: new Uint8Array(), mediaType: 'text/plain' },
    ],
  },
  onlineMeeting: { onlineMeeting: true },
  customProperties: {
    customProperties: [
      { propertySetId: SET, name: 'CostCenter', value: NASTY },
      { propertySetId: SET, name: 'Seats', value: -12 },
      { propertySetId: SET, name: 'Paid', value: false },
      { propertySetId: SET, name: 'BookedAt', value: new Date('2027-01-15T08:00:00Z') },
    ],
  },
  recurrence: {
    // Its first occurrence.
    ...SUMMER,
    recurrence: {
      pattern: 'weekly',
      interval: 2,
      daysOfWeek: ['thursday', 'monday'],
      firstDayOfWeek: 'sunday',
      numberOfOccurrences: 8,
    },
  },
};

/** The fields that a transport declares it can save. */
export function fieldsFor({
  maxAttachmentBytes = 0,
  onlineMeetings = false,
}: TransportCapabilities): readonly AppointmentField[] {
  const isCarried: Partial<Record<AppointmentField, boolean>> = {
    attachments: maxAttachmentBytes > 0,
    onlineMeeting: onlineMeetings,
  };
  return (Object.keys(EVERY_FIELD) as AppointmentField[]).filter((field) => isCarried[field] ?? true);
}
