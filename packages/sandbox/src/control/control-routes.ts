import type { ApplicationSeed } from '../directory/application.js';
import { type MailboxSeed, USER_PURPOSES } from '../directory/mailbox.js';
import type { ServiceAccountSeed } from '../directory/service-account.js';
import { type Reader, flag, integer, listOf, object, oneOf, optional, text, word } from '../json/fields.js';
import type { FaultRule } from '../faults/fault-rule.js';
import type { ItemEdit } from './item-edit.js';
import type { Deletion, ItemReference } from './people.js';
import type { AttendeeAnswer, SandboxControl } from './sandbox-control.js';

/** One thing that the control API can be asked to do. */
export interface ControlRoute {
  readonly method: 'GET' | 'PUT' | 'POST' | 'DELETE';
  readonly path: string;
  /** What it does, for `GET /control` and the documentation. */
  readonly does: string;
  /** @throws TypeError that names the field */
  run(input: unknown, control: SandboxControl): unknown;
}

const item = { mailbox: word, id: word };
const folder = word;
const YEAR = 366 * 86_400_000;
const MOST_RULES = 1_000_000;

const edit = object<ItemEdit>({
  subject: optional(text),
  location: optional(text),
  body: optional(object({ kind: oneOf('HTML', 'Text'), content: text })),
  start: optional(word),
  end: optional(word),
  isAllDay: optional(flag),
  showAs: optional(oneOf('Free', 'Tentative', 'Busy', 'OOF', 'WorkingElsewhere', 'NoData')),
  sensitivity: optional(oneOf('Normal', 'Personal', 'Private', 'Confidential')),
  importance: optional(oneOf('Low', 'Normal', 'High')),
  categories: optional(listOf(word)),
  reminderMinutes: optional((value, where) => (value === null ? null : integer(0, 525_600)(value, where))),
});

const mailboxSeed = object<MailboxSeed>({
  address: word,
  name: optional(word),
  timeZone: optional(word),
  culture: optional(word),
  aliases: optional(listOf(word)),
  principalName: optional(word),
  sid: optional(word),
  room: optional(flag),
  userPurpose: optional(oneOf(...USER_PURPOSES)),
  remote: optional(flag),
  ewsUrl: optional(word),
  onPremises: optional(flag),
  opened: optional(flag),
});

const accountSeed = object<ServiceAccountSeed>({
  user: word,
  password: optional(word),
  token: optional(word),
  impersonates: optional(listOf(word)),
  disabled: optional(flag),
});

const applicationSeed = object<ApplicationSeed>({
  clientId: word,
  clientSecret: optional(word),
  secretEnds: optional(word),
  certificate: optional(word),
  tenant: optional(word),
  disabled: optional(flag),
  mailboxes: optional(listOf(word)),
  mailboxPermissions: optional(listOf(word)),
  permissions: optional(listOf(word)),
});

function route<T>(
  method: ControlRoute['method'],
  path: string,
  does: string,
  read: Reader<T>,
  run: (input: T, control: SandboxControl) => unknown,
): ControlRoute {
  return { method, path, does, run: (input, control) => run(read(input, ''), control) };
}

/** A number in a query. */
const digits: Reader<number> = (value, where) => integer(0, MOST_RULES)(Number(word(value, where)), where);

const nothing = object<Record<never, never>>({});
const mailbox = object<{ mailbox: string }>({ mailbox: word });

/** Everything that the control API does; `GET` and `DELETE` take their input from the query, the others from the body. */
export const controlRoutes: readonly ControlRoute[] = [
  route(
    'GET',
    '/control/report',
    'Counts: requests, items, duplicates by key (`?property=NAME`), mails, late stores',
    object<{ property?: string }>({ property: optional(word) }),
    ({ property }, control) => control.report(property),
  ),
  route('GET', '/control/requests', 'The last 10,000 requests', nothing, (_, control) => control.requests()),
  route(
    'GET',
    '/control/sign-ins',
    'How clients have signed in: connections, challenges, what was refused and why',
    nothing,
    (_, control) => control.signIns(),
  ),
  route('GET', '/control/mails', 'Mails that would have been sent', nothing, (_, control) => control.mails()),
  route('POST', '/control/reset', 'Empties the sandbox: items, mails, log, clock, late stores', nothing, (_, control) =>
    control.reset(),
  ),
  route('POST', '/control/settle', 'Carries out late stores at once', nothing, (_, control) => control.settle()),
  route(
    'POST',
    '/control/quiet',
    'Answers when all mail has arrived and every room has decided',
    nothing,
    (_, control) => control.quiet(),
  ),
  route(
    'GET',
    '/control/faults',
    'The fault rules, those that are switched off included',
    nothing,
    (_, control) => control.faults,
  ),
  {
    method: 'PUT',
    path: '/control/faults',
    does: 'Replaces all fault rules by a list',
    // The control checks the rules itself, whichever way they come.
    run: (rules, control) => control.setFaults(rules as readonly FaultRule[]),
  },
  {
    method: 'POST',
    path: '/control/faults',
    does: 'Adds one fault rule',
    run: (rule, control) => control.addFault(rule as FaultRule),
  },
  route(
    'DELETE',
    '/control/faults',
    'Removes all fault rules, those of a name (`?name=NAME`), or one by its place (`?index=0`)',
    object<{ name?: string; index?: number }>({ name: optional(word), index: optional(digits) }),
    ({ name, index }, control) => {
      if (name === undefined && index === undefined) control.setFaults([]);
      else control.removeFault(name ?? index ?? '');
    },
  ),
  route(
    'POST',
    '/control/faults/switch',
    'Switches a fault rule on or off: `{"index": 0, "on": false}`',
    object<{ index: number; on: boolean }>({ index: integer(0, MOST_RULES), on: flag }),
    ({ index, on }, control) => control.switchFault(index, on),
  ),
  route('GET', '/control/clock', 'What time it is', nothing, (_, control) => ({ time: control.now() })),
  route(
    'PUT',
    '/control/clock',
    'Sets the clock: `{"time": "2026-11-22T10:00:00Z"}`',
    object<{ time: string }>({ time: word }),
    ({ time }, control) => control.setClock(time),
  ),
  route(
    'POST',
    '/control/clock/advance',
    'Moves the clock on: `{"ms": 60000}`',
    object<{ ms: number }>({ ms: integer(0, 100 * YEAR) }),
    ({ ms }, control) => control.advanceClock(ms),
  ),
  route(
    'GET',
    '/control/items',
    'Appointments and meetings in a mailbox (`?mailbox=ADDRESS`), all folders',
    mailbox,
    (input, control) => control.items(input.mailbox),
  ),
  route(
    'GET',
    '/control/meeting-mails',
    'Mail about meetings in a mailbox (`?mailbox=ADDRESS`), all folders',
    mailbox,
    (input, control) => control.meetingMails(input.mailbox),
  ),
  route(
    'POST',
    '/control/items/move',
    'Somebody moves an item: `{"mailbox", "id", "folder"}`',
    object<ItemReference & { folder: string }>({ ...item, folder }),
    (input, control) => control.move(input, input.folder),
  ),
  route(
    'POST',
    '/control/items/delete',
    'Somebody deletes an item: `{"mailbox", "id", "deletion"}`; `deleteditems` (default), `recoverableitems`, `purge`',
    object<ItemReference & { deletion?: Deletion }>({
      ...item,
      deletion: optional(oneOf('deleteditems', 'recoverableitems', 'purge')),
    }),
    (input, control) => control.delete(input, input.deletion),
  ),
  route(
    'POST',
    '/control/items/copy',
    'Somebody copies an item: `{"mailbox", "id", "folder"}`; into its own folder where none is named',
    object<ItemReference & { folder?: string }>({ ...item, folder: optional(folder) }),
    (input, control) => control.copy(input, input.folder),
  ),
  route(
    'POST',
    '/control/items/edit',
    'Somebody changes fields: `{"mailbox", "id", "changes": {"location": "Court 2"}}`',
    object<ItemReference & { changes: ItemEdit }>({ ...item, changes: edit }),
    (input, control) => control.edit(input, input.changes),
  ),
  route(
    'POST',
    '/control/items/dismiss-reminder',
    'Somebody dismisses the reminder: `{"mailbox", "id"}`',
    object<ItemReference>(item),
    (input, control) => control.dismissReminder(input),
  ),
  route(
    'POST',
    '/control/items/answer',
    'An attendee answers: `{"mailbox", "id", "attendee", "answer"}`; `Accept`, `Tentative`, `Decline`',
    object<ItemReference & { attendee: string; answer: AttendeeAnswer }>({
      ...item,
      attendee: word,
      answer: oneOf('Accept', 'Tentative', 'Decline'),
    }),
    (input, control) => control.answer(input, input.attendee, input.answer),
  ),
  route(
    'POST',
    '/control/folders',
    'Makes a folder: `{"mailbox", "name", "holds"}`; `appointments` (default), `mail`',
    object<{ mailbox: string; name: string; holds?: 'appointments' | 'mail' }>({
      mailbox: word,
      name: word,
      holds: optional(oneOf('appointments', 'mail')),
    }),
    (input, control) => control.createFolder(input.mailbox, input.name, input.holds),
  ),
  route('GET', '/control/mailboxes', 'Primary addresses', nothing, (_, control) => control.mailboxes()),
  route('POST', '/control/mailboxes', 'Makes a mailbox, as in the seed file', mailboxSeed, (seed, control) =>
    control.createMailbox(seed),
  ),
  route('DELETE', '/control/mailboxes', 'Removes a mailbox (`?mailbox=ADDRESS`)', mailbox, (input, control) =>
    control.removeMailbox(input.mailbox),
  ),
  route('GET', '/control/accounts', 'User names of service accounts', nothing, (_, control) =>
    control.serviceAccounts(),
  ),
  route('POST', '/control/accounts', 'Makes a service account, as in the seed file', accountSeed, (seed, control) =>
    control.createServiceAccount(seed),
  ),
  route(
    'DELETE',
    '/control/accounts',
    'Removes a service account (`?user=NAME`)',
    object<{ user: string }>({ user: word }),
    ({ user }, control) => control.removeServiceAccount(user),
  ),
  route('GET', '/control/applications', 'Client ids of applications', nothing, (_, control) => control.applications()),
  route(
    'POST',
    '/control/applications',
    'Makes an application, as in the seed file',
    applicationSeed,
    (seed, control) => control.createApplication(seed),
  ),
  route(
    'DELETE',
    '/control/applications',
    'Removes an application (`?clientId=ID`)',
    object<{ clientId: string }>({ clientId: word }),
    ({ clientId }, control) => control.removeApplication(clientId),
  ),
];
