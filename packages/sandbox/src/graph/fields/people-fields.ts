import { type Attendee, type CalendarItem, type Response, type ShowAs, isMeeting } from '../../calendar/item.js';
import { isSmtpAddress } from '../../directory/mailbox.js';
import type { EventView } from '../event-view.js';
import { GraphError } from '../graph-error.js';
import { NEVER, timestamp } from '../times.js';
import { type EventField, field, setOther } from './event-field.js';

const HIDE_ATTENDEES = 'graph:hideAttendees';
const PROVIDER = 'graph:onlineMeetingProvider';
/** EWS's own name for it, so that either reads what the other wrote. */
const IS_ONLINE = 'calendar:IsOnlineMeeting';

const ANSWERS: Readonly<Record<Response, string>> = {
  Unknown: 'none',
  Organizer: 'organizer',
  Tentative: 'tentativelyAccepted',
  Accept: 'accepted',
  Decline: 'declined',
  NoResponseReceived: 'notResponded',
};

const BUSY: Readonly<Record<ShowAs, string>> = {
  Free: 'free',
  Tentative: 'tentative',
  Busy: 'busy',
  OOF: 'oof',
  WorkingElsewhere: 'workingElsewhere',
  NoData: 'unknown',
};

const KINDS = { required: 'requiredAttendees', optional: 'optionalAttendees', resource: 'resources' } as const;

/** What an event is to those who are in it, and to those who look at the calendar. */
export const peopleFields: readonly EventField[] = [
  field('isCancelled', ({ item }) => item.isCancelled),
  field('isOrganizer', ({ item }) => item.organizer === undefined),
  field(
    'responseRequested',
    ({ item }) => item.isResponseRequested,
    (draft, value) => void (draft.isResponseRequested = value !== false),
  ),
  field(
    'showAs',
    ({ item }) => BUSY[item.showAs],
    (draft, value) => {
      const found = Object.entries(BUSY).find(([, name]) => name === value);
      draft.showAs = (found?.[0] ?? 'Busy') as ShowAs;
    },
  ),
  field(
    'isOnlineMeeting',
    ({ item }) => item.others?.get(IS_ONLINE) === 'true',
    (draft, value, given) => setOther(draft, given, IS_ONLINE, value === true ? 'true' : undefined),
  ),
  field(
    'onlineMeetingProvider',
    ({ item }) => item.others?.get(PROVIDER) ?? 'unknown',
    (draft, value, given) => setOther(draft, given, PROVIDER, (value as string | null) ?? undefined),
  ),
  field(
    'allowNewTimeProposals',
    ({ item }) => item.allowNewTimeProposal,
    (draft, value) => void (draft.allowNewTimeProposal = value !== false),
  ),
  // Whether it is sent is the operations' matter.
  field(
    'isDraft',
    ({ item }) => isDraft(item),
    () => {},
  ),
  field(
    'hideAttendees',
    ({ item }) => item.others?.get(HIDE_ATTENDEES) === 'true',
    (draft, value, given) => setOther(draft, given, HIDE_ATTENDEES, value === true ? 'true' : undefined),
  ),
  field('responseStatus', ({ item }) => ({ response: ANSWERS[item.myResponse], time: NEVER })),
];

/** A meeting of one's own that nobody has been invited to yet. */
export function isDraft(item: CalendarItem): boolean {
  return isMeeting(item) && !item.wasSent && item.organizer === undefined;
}

export const attendeesField: EventField = field('attendees', attendeesJson, (draft, value, { item }) => {
  for (const key of Object.values(KINDS)) draft[key] = undefined;
  const before = [item?.requiredAttendees, item?.optionalAttendees, item?.resources].flatMap((list) => list ?? []);
  for (const entry of (value as readonly AttendeeJson[] | null) ?? []) {
    const key = KINDS[entry.type ?? 'required'];
    draft[key] = [...(draft[key] ?? []), readAttendee(entry, before)];
  }
});

export const organizerField: EventField = field('organizer', ({ item, mailbox }) =>
  recipient(item.organizer ?? mailbox),
);

interface AttendeeJson {
  readonly type?: keyof typeof KINDS | null;
  readonly emailAddress?: { readonly name?: string | null; readonly address?: string | null } | null;
}

/** Who stays invited keeps the answer that was given. */
function readAttendee({ emailAddress }: AttendeeJson, before: readonly Attendee[]): Attendee {
  const address = emailAddress?.address ?? '';
  if (!isSmtpAddress(address)) {
    throw new GraphError(
      400,
      'ErrorInvalidRecipients',
      `At least one recipient isn't valid., Recipient '${address}' \
isn't resolved. All recipients must be resolved before a message can be submitted.`,
    );
  }
  const known = before.find((attendee) => attendee.address.toLowerCase() === address.toLowerCase());
  const name = emailAddress?.name ?? known?.name ?? address;
  return { name, address, response: known?.response ?? 'Unknown', respondedAt: known?.respondedAt };
}

function attendeesJson({ item }: EventView): object[] {
  return Object.entries(KINDS).flatMap(([type, key]) =>
    (item[key] ?? []).map((attendee) => ({
      type,
      status: {
        response: ANSWERS[attendee.response],
        time: attendee.respondedAt === undefined ? NEVER : timestamp(attendee.respondedAt),
      },
      ...recipient(attendee),
    })),
  );
}

function recipient({ name, address }: { readonly name: string; readonly address: string }) {
  return { emailAddress: { name, address } };
}
