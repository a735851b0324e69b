import type { ComponentChildren } from 'preact';
import type { SandboxAttendee } from '../../src/index.js';
import type { ItemView } from '../../src/page/page-state.js';
import { longDate, longTime, shownZone } from '../state/times.js';

/** What an item holds; what is empty is left out. */
export function ItemFields({ view }: { view: ItemView }) {
  const { entry, item, recurrence } = view;
  return (
    <dl class="fields">
      <Field name="When">
        <When view={view} />
      </Field>
      <Field name="Repeats">{recurrence}</Field>
      <Field name="This occurrence">{entry.isException && 'differs from its series'}</Field>
      <Field name="Place">{item.location}</Field>
      <Field name="State">{item.isCancelled && 'cancelled'}</Field>
      <Field name="Mailbox">{item.mailbox}</Field>
      <Field name="Folder">{item.folder !== 'calendar' && item.folder}</Field>
      <Field name="Organizer">{entry.isMeeting && person(item.organizer)}</Field>
      <Attendees name="Required" list={item.requiredAttendees} />
      <Attendees name="Optional" list={item.optionalAttendees} />
      <Attendees name="Resources" list={item.resources} />
      <Field name="Invitations">{entry.isMeeting && (item.invitationsSent ? 'sent' : 'not sent')}</Field>
      <Field name="Shown as">{item.showAs}</Field>
      <Field name="Reminder">{reminder(item.reminderMinutes, item.isReminderDismissed)}</Field>
      <Field name="Categories">{item.categories.join(', ')}</Field>
      <Field name="Sensitivity">{item.sensitivity !== 'Normal' && item.sensitivity}</Field>
      <Field name="Importance">{item.importance !== 'Normal' && item.importance}</Field>
      <Field name="Attachments">{item.attachments.map(({ name, size }) => `${name} (${size} bytes)`).join(', ')}</Field>
      <Field name={`Body, ${item.body?.kind ?? ''}`}>
        {item.body !== undefined && <pre class="body">{item.body.content}</pre>}
      </Field>
      {Object.entries(item.extendedProperties).map(([name, value]) => (
        <Field key={name} name={shortName(name)} title={name}>
          <code>{typeof value === 'string' ? value : value.join(', ')}</code>
        </Field>
      ))}
      <Field name="UID">
        <code>{item.uid}</code>
      </Field>
      <Field name="ItemId">
        <code>{entry.id}</code>
      </Field>
      <Field name="ChangeKey">
        <code>{item.changeKey}</code>
      </Field>
      <Field name="Created">{longTime(item.created, shownZone())}</Field>
      <Field name="Changed">{item.modified !== item.created && longTime(item.modified, shownZone())}</Field>
    </dl>
  );
}

interface FieldProperties {
  readonly name: string;
  readonly title?: string;
  readonly children: ComponentChildren;
}

function Field({ name, title, children }: FieldProperties) {
  if (children === undefined || children === false || children === '') return null;
  return (
    <div>
      <dt title={title}>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function When({ view: { entry, item } }: { view: ItemView }) {
  if (entry.days !== undefined) {
    const last = new Date(Date.parse(entry.days.after) - 86_400_000).toISOString().slice(0, 10);
    const until = last === entry.days.first ? '' : ` to ${longDate(last)}`;
    return <>{`${longDate(entry.days.first)}${until}, all day (kept in ${item.startTimeZone})`}</>;
  }
  const zone = shownZone();
  const [start, end] = [longTime(item.start, zone), longTime(item.end, zone)];
  const [day = ''] = /^.*, /.exec(start) ?? [];
  return (
    <>{`${start} to ${end.startsWith(day) ? end.slice(day.length) : end}, ${zone} (kept in ${item.startTimeZone})`}</>
  );
}

function Attendees({ name, list }: { name: string; list: readonly SandboxAttendee[] }) {
  if (list.length === 0) return null;
  return (
    <Field name={name}>
      <ul>
        {list.map((attendee) => (
          <li key={attendee.address}>
            {person(attendee)} <span class="small">{attendee.response}</span>
          </li>
        ))}
      </ul>
    </Field>
  );
}

function person({ name, address }: { readonly name: string; readonly address: string }): string {
  return name === '' || name === address ? address : `${name} <${address}>`;
}

function reminder(minutes: number | undefined, isDismissed: boolean): string {
  if (minutes === undefined) return 'none';
  return `${minutes} minutes before${isDismissed ? ', dismissed' : ''}`;
}

/** `String {5f9c…} Name AppointedKey` is known by its last word. */
function shortName(name: string): string {
  return name.split(' ').at(-1) ?? name;
}
