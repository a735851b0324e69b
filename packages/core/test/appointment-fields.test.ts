import { type Appointment, type AppointmentInput, parseAppointment } from '@appointed/core';
import { describe, expect, it } from 'vitest';
import { LESSON } from './lesson.js';

const SET = '0F8FAD5B-D9CB-469F-A165-70867728950E';
const BYTES = Uint8Array.from([0, 1, 254, 255]);

function parsed(fields: Readonly<Record<string, unknown>>, language?: string): Appointment {
  return parseAppointment({ ...LESSON, ...fields }, language === undefined ? {} : { language });
}

describe('the location', () => {
  it('may be several, joined as Outlook does', () => {
    expect(parsed({ location: ['Court 1', ' Club house '] }).location).toBe('Court 1; Club house');
    expect(parsed({ location: [] }).location).toBe('');
  });

  it.each([
    [['Court 1; Court 2'], 'location[0] holds a semicolon'],
    [['Court 1', ' '], 'location[1] is empty'],
    [[1], 'location[0] is not a string'],
    [{ place: 'x' }, 'location is not a string'],
  ])('%j is refused', (location, message) => {
    expect(() => parsed({ location })).toThrow(message);
  });
});

describe('a text in several languages', () => {
  const fields: Partial<AppointmentInput> = {
    subject: { byLanguage: { de: 'Tennisstunde', 'pt-BR': 'Aula' }, fallback: 'Lesson' },
    body: { byLanguage: { de: { html: '<b>Rückhand</b>' } }, fallback: 'Backhand' },
    location: { byLanguage: { DE: ['Platz 1', 'Platz 2'] }, fallback: 'Court' },
  };

  it.each([
    ['de', 'Tennisstunde', 'Platz 1; Platz 2'],
    ['de-AT', 'Tennisstunde', 'Platz 1; Platz 2'],
    [' DE_at ', 'Tennisstunde', 'Platz 1; Platz 2'],
    ['pt-br', 'Aula', 'Court'],
    ['pt', 'Lesson', 'Court'],
    ['den', 'Lesson', 'Court'],
    ['German', 'Lesson', 'Court'],
    ['', 'Lesson', 'Court'],
    [undefined, 'Lesson', 'Court'],
  ])('is for %j %s', (language, subject, location) => {
    expect(parsed(fields, language)).toMatchObject({ subject, location });
  });

  it('may have another format in each', () => {
    expect(parsed(fields, 'de').body).toEqual({ format: 'html', content: '<b>Rückhand</b>' });
    expect(parsed(fields, 'fr').body).toEqual({ format: 'text', content: 'Backhand' });
  });

  it.each([
    [{ byLanguage: { de: ' ' }, fallback: 'x' }, 'subject.byLanguage.de is empty'],
    [{ byLanguage: { de: 'x' }, fallback: '' }, 'subject.fallback is empty'],
    [{ byLanguage: { de: 'x' } }, 'subject.fallback is missing'],
    [
      { byLanguage: { 'deutsche sprache': 'x' }, fallback: 'x' },
      'subject.byLanguage has a key that is no language tag',
    ],
    [{ byLanguage: { de: 'x', DE: 'y' }, fallback: 'x' }, 'subject.byLanguage has de twice'],
    [{ byLanguage: 'x', fallback: 'x' }, 'subject.byLanguage is not an object'],
    [{ byLanguage: {}, fallback: 'x', de: 'x' }, 'subject.de is not known'],
    [{ byLanguage: {}, fallback: { byLanguage: {}, fallback: 'x' } }, 'subject.fallback is not a string'],
  ])('%j is refused for everybody', (subject, message) => {
    expect(() => parsed({ subject })).toThrow(message);
  });
});

describe('attachments', () => {
  it('are copied, and have a media type', () => {
    const content = BYTES.slice();
    const [plain, inline] =
      parsed({
        attachments: [
          { name: 'a.bin', content },
          {
            name: 'logo.png',
            content: new Uint8Array(BYTES.buffer, 1, 2),
            mediaType: 'image/png',
            contentId: 'logo@x',
          },
        ],
      }).attachments ?? [];
    content.fill(7);
    expect(plain).toEqual({ name: 'a.bin', mediaType: 'application/octet-stream', content: 'AAH+/w==', size: 4 });
    expect(inline).toEqual({ name: 'logo.png', mediaType: 'image/png', content: 'Af4=', size: 2, contentId: 'logo@x' });
  });

  it.each([
    [{ name: '', content: BYTES }, 'attachments[0].name is empty'],
    [{ name: 'x'.repeat(256), content: BYTES }, 'attachments[0].name is longer than 255'],
    [{ name: 'x', content: 'AAA=' }, 'attachments[0].content is not a Uint8Array'],
    [{ name: 'x', content: BYTES, mediaType: 'pdf' }, 'attachments[0].mediaType is not a media type'],
    [{ name: 'x', content: BYTES, mediaType: 'a/b\r\nX: y' }, 'attachments[0].mediaType is not a media type'],
    [{ name: 'x', content: BYTES, contentId: 'a b' }, 'attachments[0].contentId'],
    [{ name: 'x', content: BYTES, inline: true }, 'attachments[0].inline is not known'],
  ])('%j are refused', (attachment, message) => {
    expect(() => parsed({ attachments: [attachment] })).toThrow(message);
  });

  it('with one contentId for two are refused', () => {
    const inline = { name: 'x', content: BYTES, contentId: 'x' };
    expect(() => parsed({ attachments: [inline, inline] })).toThrow('attachments has the contentId x twice');
  });
});

describe('custom properties', () => {
  it('have the type of their value', () => {
    const values = [
      'a&b',
      -7,
      true,
      new Date('2027-01-15T09:00:00.5Z'),
      { dateTime: '2027-07-01T09:00', timeZone: 'Asia/Tokyo' },
    ];
    const customProperties = values.map((value, n) => ({ propertySetId: `{${SET}}`, name: `N${n}`, value }));
    expect(parsed({ customProperties }).customProperties?.map(({ type, value }) => [type, value])).toEqual([
      ['string', 'a&b'],
      ['integer', -7],
      ['boolean', true],
      ['time', '2027-01-15T09:00:00Z'],
      ['time', '2027-07-01T00:00:00Z'],
    ]);
    expect(parsed({ customProperties }).customProperties?.[0]?.propertySetId).toBe(SET.toLowerCase());
  });

  it.each([
    [
      { propertySetId: '{5F9C1A52-8D4E-4F0B-9A3E-6C7D21B0E8F4}', name: 'x', value: 1 },
      'propertySetId is the property set of Appointed',
    ],
    [{ propertySetId: 'contoso', name: 'x', value: 1 }, 'customProperties[0].propertySetId is not a GUID'],
    [{ propertySetId: SET, name: ' ', value: 1 }, 'customProperties[0].name is empty'],
    [{ propertySetId: SET, name: 'x', value: 1.5 }, 'customProperties[0].value is not a whole number'],
    [{ propertySetId: SET, name: 'x', value: 2 ** 31 }, 'customProperties[0].value is not a whole number'],
    [{ propertySetId: SET, name: 'x', value: null }, 'customProperties[0].value is neither'],
    [{ propertySetId: SET, name: 'x', value: ['x'] }, 'customProperties[0].value.dateTime'],
    [
      { propertySetId: SET, name: 'x', value: { dateTime: '2027-07-01T09:00', timeZone: 'mailbox', fallback: 'UTC' } },
      'customProperties[0].value.timeZone must be a zone',
    ],
    [{ propertySetId: SET, name: 'x', value: 1, type: 'integer' }, 'customProperties[0].type is not known'],
  ])('%j is refused', (property, message) => {
    expect(() => parsed({ customProperties: [property] })).toThrow(message);
  });

  it('of the same name are refused, in whatever case', () => {
    const customProperties = ['Cost', 'COST'].map((name) => ({ propertySetId: SET, name, value: 1 }));
    expect(() => parsed({ customProperties })).toThrow(`customProperties has COST of ${SET.toLowerCase()} twice`);
  });
});

describe('yes or no', () => {
  it.each(['responseRequested', 'newTimeProposalsAllowed'])('%s is as it was given', (field) => {
    expect(parsed({ [field]: false })).toMatchObject({ [field]: false });
    expect(parsed({ [field]: true })).toMatchObject({ [field]: true });
    expect(parsed({})).not.toHaveProperty(field);
    expect(() => parsed({ [field]: 'no' })).toThrow(`${field} is neither true nor false`);
  });

  it('onlineMeeting is there or not', () => {
    expect(parsed({ onlineMeeting: true }).onlineMeeting).toBe(true);
    expect(parsed({ onlineMeeting: false })).not.toHaveProperty('onlineMeeting');
    expect(() => parsed({ onlineMeeting: 1 })).toThrow('onlineMeeting is neither true nor false');
  });
});

it('a body holds only what XML can carry, in whatever form it is given', () => {
  for (const body of ['a\u0000b\uD800c', { text: 'a\u0000b\uD800c' }, { html: 'a\u0000b\uD800c' }]) {
    expect(parsed({ body }).body?.content).toBe('abc');
  }
});
