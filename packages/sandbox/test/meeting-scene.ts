import { type Sandbox, type SandboxItem, startSandbox } from '../src/index.js';
import { EwsClient, type Reply } from './ews-client.js';

export const ALFRED = 'alfred@contoso.com';
export const BERTA = 'berta@contoso.com';
export const CARL = 'carl@contoso.com';
export const ROOM = 'room1@contoso.com';

const START = '2026-11-24T09:00:00Z';
const END = '2026-11-24T10:00:00Z';

interface Invitation {
  required?: readonly string[];
  optional?: readonly string[];
  resources?: readonly string[];
  sending?: string;
  as?: string;
  subject?: string;
  start?: string;
  end?: string;
  /** Elements before Start and after UID, and those after Resources. */
  before?: string;
  /** LegacyFreeBusyStatus. */
  status?: string;
  after?: string;
}

type AnswerElement = 'AcceptItem' | 'TentativelyAcceptItem' | 'DeclineItem' | 'CancelCalendarItem' | 'RemoveItem';

/** An organisation whose people invite each other over EWS. */
export class MeetingScene implements AsyncDisposable {
  readonly client: EwsClient;

  private constructor(readonly sandbox: Sandbox) {
    this.client = new EwsClient(sandbox.ewsUrl);
  }

  static async open(): Promise<MeetingScene> {
    const sandbox = await startSandbox({
      mailboxes: [
        { address: ALFRED, name: 'Alfred', timeZone: 'Europe/Berlin', aliases: ['al@contoso.com'] },
        { address: BERTA, name: 'Berta', aliases: ['bertha@contoso.com'] },
        { address: CARL, name: 'Carl' },
        { address: ROOM, name: 'Room 1', room: true },
      ],
      serviceAccounts: [{ user: 'svc', password: 'secret', impersonates: ['*@contoso.com'] }],
      clock: () => new Date('2026-11-22T10:00:00Z'),
      deliveryDelayMs: 1,
    });
    return new MeetingScene(sandbox);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.sandbox.close();
  }

  /** Creates a meeting and waits until everybody has it. @returns the organizer's item */
  async invite(invitation: Invitation): Promise<SandboxItem> {
    const { sending = 'SendToAllAndSaveCopy', as = ALFRED, subject = 'Review', start = START, end = END } = invitation;
    const item =
      `<t:Subject>${subject}</t:Subject><t:Body BodyType="Text">Bring coffee</t:Body>${invitation.before ?? ''}` +
      `<t:Start>${start}</t:Start><t:End>${end}</t:End>${invitation.status ?? ''}<t:Location>Court 1</t:Location>` +
      attendees('RequiredAttendees', invitation.required) +
      attendees('OptionalAttendees', invitation.optional) +
      attendees('Resources', invitation.resources) +
      (invitation.after ?? '');
    const created = await this.client.create([item], { sending, as });
    const [id] = created.attributes('ItemId', 'Id');
    await this.sandbox.control.quiet();
    const found = this.sandbox.items(as).find((each) => each.id === id);
    if (found === undefined) throw new Error(created.xml);
    return found;
  }

  /** Sets one property and tells whom `sending` says; waits until they have heard. */
  async update(item: SandboxItem, field: string, content: string, sending = 'SendToAllAndSaveCopy'): Promise<Reply> {
    const reply = await this.client.call(
      `<m:UpdateItem ConflictResolution="AlwaysOverwrite" SendMeetingInvitationsOrCancellations="${sending}">` +
        `<m:ItemChanges><t:ItemChange>${reference(item.id)}<t:Updates>` +
        `${[[field, content]].map(([uri, xml]) => setField(uri ?? '', xml ?? '')).join('')}` +
        '</t:Updates></t:ItemChange></m:ItemChanges></m:UpdateItem>',
      { as: item.mailbox },
    );
    await this.sandbox.control.quiet();
    return reply;
  }

  /** Another time, an hour long. */
  async move(item: SandboxItem, start: string, sending?: string): Promise<void> {
    const end = new Date(Date.parse(start) + 3_600_000).toISOString();
    const startXml = setField('calendar:Start', `<t:Start>${start}</t:Start>`);
    const endXml = setField('calendar:End', `<t:End>${end}</t:End>`);
    await this.client.call(
      `<m:UpdateItem ConflictResolution="AlwaysOverwrite" ` +
        `SendMeetingInvitationsOrCancellations="${sending ?? 'SendToAllAndSaveCopy'}"><m:ItemChanges><t:ItemChange>` +
        `${reference(item.id)}<t:Updates>${startXml}${endXml}</t:Updates></t:ItemChange></m:ItemChanges></m:UpdateItem>`,
      { as: item.mailbox },
    );
    await this.sandbox.control.quiet();
  }

  /** Answers, cancels or removes by a response object; waits until everybody has heard. */
  async act(
    element: AnswerElement,
    as: string,
    id: string,
    disposition = 'SendAndSaveCopy',
    body = '',
  ): Promise<Reply> {
    const reply = await this.client.call(
      `<m:CreateItem${element === 'RemoveItem' ? '' : ` MessageDisposition="${disposition}"`}><m:Items><t:${element}>` +
        `${element === 'CancelCalendarItem' ? '' : body}<t:ReferenceItemId Id="${id}"/>` +
        `${element === 'CancelCalendarItem' ? body : ''}</t:${element}></m:Items></m:CreateItem>`,
      { as },
    );
    await this.sandbox.control.quiet();
    return reply;
  }

  async delete(item: { mailbox: string; id: string }, sending = 'SendToAllAndSaveCopy'): Promise<Reply> {
    const reply = await this.client.call(
      `<m:DeleteItem DeleteType="MoveToDeletedItems" SendMeetingCancellations="${sending}"><m:ItemIds>` +
        `${reference(item.id)}</m:ItemIds></m:DeleteItem>`,
      { as: item.mailbox },
    );
    await this.sandbox.control.quiet();
    return reply;
  }

  /** What is in somebody's own calendar. */
  calendar(mailbox: string): SandboxItem[] {
    return this.sandbox.items(mailbox).filter(({ folder }) => folder === 'calendar');
  }

  /** The only item in somebody's own calendar. */
  copy(mailbox: string): SandboxItem {
    const items = this.calendar(mailbox);
    if (items.length !== 1 || items[0] === undefined) throw new Error(`${mailbox} has ${items.length} items`);
    return items[0];
  }

  /** Subjects and classes of the mail in a folder. */
  mail(mailbox: string, folder = 'inbox'): string[] {
    return this.inFolder(mailbox, folder).map(({ subject, itemClass }) => `${itemClass.slice(21)}: ${subject}`);
  }

  inFolder(mailbox: string, folder = 'inbox') {
    return this.sandbox.control.meetingMails(mailbox).filter((mail) => mail.folder === folder);
  }

  /** The id of the newest mail in the inbox. */
  newest(mailbox: string): string {
    const id = this.inFolder(mailbox).at(-1)?.id;
    if (id === undefined) throw new Error(`${mailbox} has no mail`);
    return id;
  }

  /** Answers by address, as the organizer's item has them. */
  answers(item: SandboxItem): Record<string, string> {
    const now = this.sandbox.items(item.mailbox).find(({ uid }) => uid === item.uid);
    const everybody = [...(now?.requiredAttendees ?? []), ...(now?.optionalAttendees ?? []), ...(now?.resources ?? [])];
    return Object.fromEntries(everybody.map(({ address, response }) => [address, response]));
  }
}

function attendees(name: string, addresses: readonly string[] | undefined): string {
  if (addresses === undefined) return '';
  return `<t:${name}>${addresses.map(attendee).join('')}</t:${name}>`;
}

export function attendee(address: string): string {
  return `<t:Attendee><t:Mailbox><t:EmailAddress>${address}</t:EmailAddress></t:Mailbox></t:Attendee>`;
}

function reference(id: string): string {
  return id.startsWith('<') ? id : `<t:ItemId Id="${id}"/>`;
}

function setField(uri: string, content: string): string {
  return `<t:SetItemField><t:FieldURI FieldURI="${uri}"/><t:CalendarItem>${content}</t:CalendarItem></t:SetItemField>`;
}
