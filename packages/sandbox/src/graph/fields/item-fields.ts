import { bodyAs } from '../../calendar/body-content.js';
import type { Body, Importance, Sensitivity } from '../../calendar/item.js';
import { itemChangeKey } from '../../ews/item-id.js';
import { eventId, restId } from '../event-id.js';
import { invalidValues } from '../graph-error.js';
import { timestamp, zoneId } from '../times.js';
import { type EventField, field, setOther } from './event-field.js';
import { uidOf } from './series-fields.js';

const PREVIEW_LENGTH = 255;
const MOST_REMINDER_MINUTES = 2_629_800;
/** Where the store keeps the transaction's id, and what came with it. */
export const TRANSACTION_ID = 'graph:transactionId';

/** What all items of Outlook have, and what events have of their own up to their times; in the order of Graph's answers. */
export const itemFields: readonly EventField[] = [
  field('id', (view) => eventId(view, view.preferences.hasImmutableIds)),
  field('createdDateTime', ({ item }) => timestamp(item.created)),
  field('lastModifiedDateTime', ({ item }) => timestamp(item.modified)),
  field('changeKey', ({ item, mailbox }) => itemChangeKey(mailbox, item.change)),
  field(
    'categories',
    ({ item }) => item.categories ?? [],
    (draft, value) => void (draft.categories = value === null ? undefined : (value as string[])),
  ),
  field(
    'transactionId',
    ({ item }) => item.others?.get(TRANSACTION_ID) ?? null,
    (draft, value, given) => setOther(draft, given, TRANSACTION_ID, (value as string | null) ?? undefined),
  ),
  field('originalStartTimeZone', ({ item }) => zoneId(item.startZone)),
  field('originalEndTimeZone', ({ item }) => zoneId(item.endZone)),
  field('iCalUId', uidOf),
  field(
    'reminderMinutesBeforeStart',
    ({ item }) => item.reminderMinutes,
    (draft, value) => void (draft.reminderMinutes = readReminder((value as number | null) ?? 15)),
  ),
  field(
    'isReminderOn',
    ({ item }) => item.hasReminder && !item.reminderDismissed,
    (draft, value) => void (draft.hasReminder = value === true),
  ),
  field('hasAttachments', ({ item }) => item.attachments !== undefined),
  field(
    'subject',
    ({ item }) => item.subject ?? '',
    (draft, value) => void (draft.subject = (value as string | null) ?? undefined),
  ),
  field('bodyPreview', ({ item }) => previewOf(item.body)),
  field(
    'importance',
    ({ item }) => item.importance.toLowerCase(),
    (draft, value) => void (draft.importance = capitalized(value, 'normal') as Importance),
  ),
  field(
    'sensitivity',
    ({ item }) => item.sensitivity.toLowerCase(),
    (draft, value) => void (draft.sensitivity = capitalized(value, 'normal') as Sensitivity),
  ),
];

/** The body as it is asked for. As for EWS, HTML comes back as it was sent, so that tests can compare. */
export const bodyField: EventField = field(
  'body',
  ({ item, preferences: { bodyKind } }) => ({
    contentType: bodyKind.toLowerCase(),
    content: item.body === undefined ? '' : bodyAs(item.body, bodyKind),
  }),
  (draft, value) => {
    const { contentType, content } = (value ?? {}) as { contentType?: string; content?: string | null };
    draft.body =
      value === null ? undefined : { kind: contentType === 'html' ? 'HTML' : 'Text', content: content ?? '' };
  },
);

/** Outlook on the web, which the sandbox has not: the address shows what Exchange would give. */
export function webLink(restItemId: string): string {
  const id = encodeURIComponent(restId(restItemId));
  return `https://outlook.office365.com/owa/?itemid=${id}&exvsurl=1&path=/calendar/item`;
}

/** As many minutes as EWS has, for which the schema says so. @throws GraphError */
function readReminder(minutes: number): number {
  if (minutes < 0 || minutes > MOST_REMINDER_MINUTES) throw invalidValues();
  return minutes;
}

function previewOf(body: Body | undefined): string {
  return body === undefined ? '' : bodyAs(body, 'Text').slice(0, PREVIEW_LENGTH);
}

function capitalized(value: unknown, fallback: string): string {
  const text = (value as string | null) ?? fallback;
  return text.charAt(0).toUpperCase() + text.slice(1);
}
