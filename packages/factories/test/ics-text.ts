import { type AppointmentInput, parseMailbox } from '@appointed/core';
import { fromIcs, type FromIcsOptions, listIcs } from '@appointed/factories/from-ics';

/** The least that an event needs. */
const EVENT = { UID: 'one', SUMMARY: 'Lesson', DTSTART: '20270115T090000Z', DTEND: '20270115T100000Z' };

/** An iCalendar text of one event with other lines; `DTSTART;VALUE=DATE: '20270115'` takes the place of `DTSTART`. */
export function icsText(lines: Readonly<Record<string, string>> = {}, around = ''): string {
  const names = new Set(Object.keys(lines).map((line) => line.split(';')[0]));
  const usual = Object.entries(EVENT).filter(([name]) => !names.has(name));
  const event = [...usual, ...Object.entries(lines)].filter(([, value]) => value !== '');
  const written = event.map(([name, value]) =>
    name.startsWith('BEGIN') ? value : `${name.replace(/#\d+$/, '')}:${value}`,
  );
  return ['BEGIN:VCALENDAR', around, 'BEGIN:VEVENT', ...written, 'END:VEVENT', 'END:VCALENDAR'].join('\n');
}

/** What the factory of such an event makes, whatever it leaves out. */
export async function made(lines: Readonly<Record<string, string>>, around = ''): Promise<AppointmentInput> {
  return madeOf({ text: icsText(lines, around), leaveOut: 'accept' });
}

/** What a factory makes. */
async function madeOf(options: FromIcsOptions): Promise<AppointmentInput> {
  const content = await fromIcs(options).getAppointment({
    mailbox: parseMailbox('anna@contoso.com'),
    runId: 'run',
    slot: 'default',
    startedAt: new Date(0),
    signal: new AbortController().signal,
  });
  return content as AppointmentInput;
}

/** The names of the properties of such an event that cannot be carried. */
export function lost(lines: Readonly<Record<string, string>>, around = ''): readonly string[] {
  return listIcs({ text: icsText(lines, around) }).flatMap(({ leftOut }) => leftOut.map(({ property }) => property));
}
