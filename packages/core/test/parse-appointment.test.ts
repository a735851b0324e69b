import { type AppointmentInput, attendeeCount, parseAppointment } from '@appointed/core';
import { describe, expect, it } from 'vitest';
import { LESSON } from './lesson.js';

const full: AppointmentInput = {
  subject: 'Review',
  body: { html: '<p>Bring numbers</p>' },
  start: { dateTime: '2027-01-15T09:00', timeZone: 'Europe/Berlin' },
  end: { dateTime: '2027-01-15T10:00', timeZone: 'W. Europe Standard Time' },
  location: 'Room 1',
  requiredAttendees: [' alisa@contoso.com ', { address: 'ben@contoso.com', name: 'Ben' }],
  optionalAttendees: ['chris@contoso.com'],
  resources: ['room-1@contoso.com'],
  reminder: { minutesBefore: 15 },
  showAs: 'oof',
  sensitivity: 'private',
  importance: 'high',
  categories: ['Sport', 'Team'],
};

describe('parseAppointment', () => {
  it('keeps every field', () => {
    const berlin = { iana: 'Europe/Berlin', windows: 'W. Europe Standard Time' };
    expect(parseAppointment(full)).toEqual({
      subject: 'Review',
      body: { format: 'html', content: '<p>Bring numbers</p>' },
      start: { epochMs: Date.UTC(2027, 0, 15, 8), dateTime: '2027-01-15T09:00:00', offset: '+01:00', zone: berlin },
      end: { epochMs: Date.UTC(2027, 0, 15, 9), dateTime: '2027-01-15T10:00:00', offset: '+01:00', zone: berlin },
      location: 'Room 1',
      requiredAttendees: [{ address: 'alisa@contoso.com' }, { address: 'ben@contoso.com', name: 'Ben' }],
      optionalAttendees: [{ address: 'chris@contoso.com' }],
      resources: [{ address: 'room-1@contoso.com' }],
      reminder: { minutesBefore: 15 },
      showAs: 'oof',
      sensitivity: 'private',
      importance: 'high',
      categories: ['Sport', 'Team'],
    });
  });

  it('leaves out what was left out, apart from the lists', () => {
    const appointment = parseAppointment(LESSON);
    expect(Object.keys(appointment).toSorted()).toEqual([
      'categories',
      'end',
      'optionalAttendees',
      'requiredAttendees',
      'resources',
      'start',
      'subject',
    ]);
    expect(appointment).toEqual(parseAppointment({ ...LESSON, location: undefined, reminder: undefined }));
  });

  it.each([
    ['a string', 'Backhand', { format: 'text', content: 'Backhand' }],
    ['text', { text: '<b>' }, { format: 'text', content: '<b>' }],
    ['html', { html: '<b>x</b>' }, { format: 'html', content: '<b>x</b>' }],
    ['an empty string', '', { format: 'text', content: '' }],
  ])('takes a body given as %s', (_kind, body, expected) => {
    expect(parseAppointment({ ...LESSON, body }).body).toEqual(expected);
  });

  it('takes a reminder that is switched off, and one at the start', () => {
    expect(parseAppointment({ ...LESSON, reminder: false }).reminder).toBe(false);
    expect(parseAppointment({ ...LESSON, reminder: { minutesBefore: 0 } }).reminder).toEqual({ minutesBefore: 0 });
  });

  it('takes an end at the start, and a subject of 255 characters', () => {
    expect(parseAppointment({ ...LESSON, end: LESSON.start }).end.epochMs).toBe(Date.UTC(2027, 0, 15, 9));
    expect(parseAppointment({ ...LESSON, subject: 'x'.repeat(255) }).subject).toHaveLength(255);
  });

  it('returns what nobody can change', () => {
    const frozen = (value: unknown): boolean =>
      typeof value !== 'object' || value === null || (Object.isFrozen(value) && Object.values(value).every(frozen));
    expect(frozen(parseAppointment(full))).toBe(true);
    expect(frozen(parseAppointment(LESSON))).toBe(true);
  });

  it('holds no part of the input that could change later', () => {
    const start = new Date('2027-01-15T09:00:00Z');
    const categories = ['Sport'];
    const appointment = parseAppointment({ ...LESSON, start, categories });
    start.setFullYear(1999);
    categories.push('Team');
    expect(appointment.start.dateTime).toBe('2027-01-15T09:00:00');
    expect(appointment.categories).toEqual(['Sport']);
  });
});

describe('attendeeCount', () => {
  it('counts people and resources', () => {
    expect(attendeeCount(parseAppointment(full))).toBe(4);
    expect(attendeeCount(parseAppointment(LESSON))).toBe(0);
  });
});
