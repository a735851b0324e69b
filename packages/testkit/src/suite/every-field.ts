import type { AppointmentField, AppointmentInput } from '@appointed/core';

const NASTY = 'R&D <b>"x"</b> \u{1F3BE} ]]> &amp; it\u2019s';

const SUMMER: Partial<AppointmentInput> = {
  start: { dateTime: '2027-07-01T09:00:00', timeZone: 'Europe/Berlin' },
  end: { dateTime: '2027-07-01T10:30:00', timeZone: 'Europe/Berlin' },
};

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
};
