import type { Output } from '../output/output.js';
import { sayTable } from '../output/table.js';
import type { PlannedItem } from './content-recorder.js';

/** Says what mailboxes would get: in a table, or as pictures of weeks. */
export async function sayItems(
  output: Output,
  items: readonly PlannedItem[],
  { asPicture }: { readonly asPicture: boolean },
): Promise<void> {
  for (const { mailbox, slot, appointment, uid } of items) {
    output.record('planned', { mailbox: mailbox.id, kind: mailbox.kind, slot, uid, appointment });
  }
  if (asPicture && !output.isJson) {
    const { sayCalendar } = await import('../calendar/say-calendar.js');
    return sayCalendar(output, items);
  }
  sayItemTable(output, items);
}

function sayItemTable(output: Output, items: readonly PlannedItem[]): void {
  const rows = items.map(({ mailbox, appointment: { subject, start, end, location = '', isAllDay, ...rest } }) => {
    const invited = rest.requiredAttendees.length + rest.optionalAttendees.length + rest.resources.length;
    const times = isAllDay ? start.dateTime.slice(0, 10) : `${timeOf(start.dateTime)} to ${timeOf(end.dateTime)}`;
    return [mailbox.id, times, start.zone.iana, subject, location, `${invited}`];
  });
  if (rows.length > 0) sayTable(output, ['Mailbox', 'When', 'Zone', 'Subject', 'Location', 'Invited'], rows);
}

function timeOf(dateTime: string): string {
  return dateTime.slice(0, 16).replace('T', ' ');
}
