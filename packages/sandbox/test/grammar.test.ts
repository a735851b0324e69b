import { beforeAll, afterAll, describe, expect, test } from 'vitest';
import { type Sandbox, startSandbox } from '../src/index.js';
import { SoapFault } from '../src/ews/fault.js';
import { readEnvelope } from '../src/ews/request.js';
import { contoso } from './contoso.js';
import { EwsClient } from './ews-client.js';
import { judgeBySchema, schemasSkipped } from './schemas.js';

/**
 * The grammar against Microsoft's schemas: requests, and thousands of requests with one thing changed, are judged by
 * both. Whatever the schemas refuse must be refused, and what they accept must not be a schema violation.
 */
let sandbox: Sandbox;
let client: EwsClient;

beforeAll(async () => {
  sandbox = await startSandbox(contoso);
  client = new EwsClient(sandbox.ewsUrl);
});

afterAll(() => sandbox.close());

const OPEN =
  '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" xmlns:m="http://schemas.microsoft.com/exchange/services/2006/messages" ' +
  'xmlns:t="http://schemas.microsoft.com/exchange/services/2006/types">';

const zone =
  '<t:Periods><t:Period Bias="PT8H" Name="Standard" Id="S"/><t:Period Bias="PT7H" Name="Daylight" Id="D"/></t:Periods>' +
  '<t:TransitionsGroups><t:TransitionsGroup Id="0"><t:RecurringDayTransition><t:To Kind="Period">D</t:To><t:TimeOffset>PT2H</t:TimeOffset><t:Month>3</t:Month><t:DayOfWeek>Sunday</t:DayOfWeek><t:Occurrence>2</t:Occurrence></t:RecurringDayTransition>' +
  '<t:RecurringDateTransition><t:To Kind="Period">S</t:To><t:TimeOffset>PT2H</t:TimeOffset><t:Month>11</t:Month><t:Day>1</t:Day></t:RecurringDateTransition></t:TransitionsGroup></t:TransitionsGroups>' +
  '<t:Transitions><t:Transition><t:To Kind="Group">0</t:To></t:Transition></t:Transitions>';

const header =
  '<s:Header><t:RequestServerVersion Version="Exchange2013"/><t:MailboxCulture>en-US</t:MailboxCulture>' +
  '<t:ExchangeImpersonation><t:ConnectingSID><t:SmtpAddress>alfred@contoso.com</t:SmtpAddress></t:ConnectingSID></t:ExchangeImpersonation>' +
  `<t:TimeZoneContext><t:TimeZoneDefinition Id="Pacific Standard Time">${zone}</t:TimeZoneDefinition></t:TimeZoneContext></s:Header>`;

const property =
  '<t:ExtendedFieldURI PropertySetId="5f9c1a52-8d4e-4f0b-9a3e-6c7d21b0e8f4" PropertyName="K" PropertyType="String"/>';
const attendees = (kind: string) =>
  `<t:${kind}><t:Attendee><t:Mailbox><t:Name>B</t:Name><t:EmailAddress>berta@contoso.com</t:EmailAddress><t:RoutingType>SMTP</t:RoutingType></t:Mailbox></t:Attendee></t:${kind}>`;

const bodies: Record<string, string> = {
  CreateItem:
    '<m:CreateItem MessageDisposition="SaveOnly" SendMeetingInvitations="SendToNone"><m:SavedItemFolderId><t:DistinguishedFolderId Id="calendar"><t:Mailbox><t:EmailAddress>alfred@contoso.com</t:EmailAddress></t:Mailbox></t:DistinguishedFolderId></m:SavedItemFolderId><m:Items><t:CalendarItem>' +
    '<t:ItemClass>IPM.Appointment</t:ItemClass><t:Subject>s</t:Subject><t:Sensitivity>Normal</t:Sensitivity><t:Body BodyType="Text">b</t:Body>' +
    '<t:Attachments><t:FileAttachment><t:Name>f</t:Name><t:IsInline>false</t:IsInline><t:Content>aGk=</t:Content></t:FileAttachment></t:Attachments>' +
    '<t:Categories><t:String>c</t:String></t:Categories><t:Importance>Low</t:Importance><t:ReminderDueBy>2026-01-01T00:00:00Z</t:ReminderDueBy><t:ReminderIsSet>true</t:ReminderIsSet><t:ReminderMinutesBeforeStart>15</t:ReminderMinutesBeforeStart>' +
    `<t:ExtendedProperty>${property}<t:Value>v</t:Value></t:ExtendedProperty><t:ExtendedProperty><t:ExtendedFieldURI PropertyTag="0x37" PropertyType="StringArray"/><t:Values><t:Value>a</t:Value></t:Values></t:ExtendedProperty>` +
    '<t:Culture>en</t:Culture><t:UID>u</t:UID><t:Start>2026-01-05T10:00:00</t:Start><t:End>2026-01-05T11:00:00+01:00</t:End><t:IsAllDayEvent>0</t:IsAllDayEvent><t:LegacyFreeBusyStatus>Busy</t:LegacyFreeBusyStatus><t:Location>l</t:Location><t:IsResponseRequested>1</t:IsResponseRequested>' +
    attendees('RequiredAttendees') +
    attendees('OptionalAttendees') +
    attendees('Resources') +
    '<t:Recurrence><t:WeeklyRecurrence><t:Interval>1</t:Interval><t:DaysOfWeek>Monday Friday</t:DaysOfWeek><t:FirstDayOfWeek>Monday</t:FirstDayOfWeek></t:WeeklyRecurrence><t:NumberedRecurrence><t:StartDate>2026-01-05</t:StartDate><t:NumberOfOccurrences>3</t:NumberOfOccurrences></t:NumberedRecurrence></t:Recurrence>' +
    '<t:MeetingTimeZone TimeZoneName="x"><t:BaseOffset>PT8H</t:BaseOffset><t:Standard TimeZoneName="s"><t:Offset>PT0H</t:Offset><t:RelativeYearlyRecurrence><t:DaysOfWeek>Sunday</t:DaysOfWeek><t:DayOfWeekIndex>First</t:DayOfWeekIndex><t:Month>November</t:Month></t:RelativeYearlyRecurrence><t:Time>02:00:00</t:Time></t:Standard><t:Daylight><t:Offset>-PT1H</t:Offset><t:AbsoluteDate>2026-03-08</t:AbsoluteDate><t:Time>02:00:00</t:Time></t:Daylight></t:MeetingTimeZone>' +
    `<t:StartTimeZone Id="Mine" Name="n">${zone}</t:StartTimeZone><t:EndTimeZone Id="UTC"/><t:AllowNewTimeProposal>false</t:AllowNewTimeProposal><t:MeetingWorkspaceUrl>w</t:MeetingWorkspaceUrl>` +
    '</t:CalendarItem></m:Items></m:CreateItem>',
  AcceptItem:
    '<m:CreateItem MessageDisposition="SendAndSaveCopy"><m:Items><t:AcceptItem><t:Body BodyType="Text">ok</t:Body><t:ReferenceItemId Id="x" ChangeKey="y"/></t:AcceptItem><t:CancelCalendarItem><t:ReferenceItemId Id="x"/><t:NewBodyContent BodyType="HTML">sorry</t:NewBodyContent></t:CancelCalendarItem></m:Items></m:CreateItem>',
  GetItem: `<m:GetItem><m:ItemShape><t:BaseShape>Default</t:BaseShape><t:IncludeMimeContent>false</t:IncludeMimeContent><t:BodyType>Best</t:BodyType><t:FilterHtmlContent>false</t:FilterHtmlContent><t:AdditionalProperties><t:FieldURI FieldURI="calendar:Start"/><t:IndexedFieldURI FieldURI="item:InternetMessageHeader" FieldIndex="x"/>${property}</t:AdditionalProperties></m:ItemShape><m:ItemIds><t:ItemId Id="x" ChangeKey="y"/><t:OccurrenceItemId RecurringMasterId="x" InstanceIndex="1"/><t:RecurringMasterItemId OccurrenceId="x"/></m:ItemIds></m:GetItem>`,
  FindItemByView:
    '<m:FindItem Traversal="Shallow"><m:ItemShape><t:BaseShape>IdOnly</t:BaseShape></m:ItemShape><m:CalendarView StartDate="2026-01-01T00:00:00Z" EndDate="2026-02-01T00:00:00Z" MaxEntriesReturned="5"/><m:ParentFolderIds><t:DistinguishedFolderId Id="calendar"/></m:ParentFolderIds></m:FindItem>',
  FindItem: `<m:FindItem Traversal="Shallow"><m:ItemShape><t:BaseShape>IdOnly</t:BaseShape></m:ItemShape><m:IndexedPageItemView Offset="0" BasePoint="Beginning" MaxEntriesReturned="5"/><m:Restriction><t:And><t:Or><t:IsEqualTo>${property}<t:FieldURIOrConstant><t:Constant Value="v"/></t:FieldURIOrConstant></t:IsEqualTo><t:Not><t:Exists><t:FieldURI FieldURI="item:Subject"/></t:Exists></t:Not></t:Or><t:Contains ContainmentMode="Substring" ContainmentComparison="IgnoreCase"><t:FieldURI FieldURI="item:Subject"/><t:Constant Value="x"/></t:Contains><t:IsLessThan><t:FieldURI FieldURI="calendar:Start"/><t:FieldURIOrConstant><t:FieldURI FieldURI="calendar:End"/></t:FieldURIOrConstant></t:IsLessThan><t:Excludes><t:ExtendedFieldURI PropertyTag="0x10" PropertyType="Integer"/><t:Bitmask Value="0x1"/></t:Excludes></t:And></m:Restriction><m:SortOrder><t:FieldOrder Order="Ascending"><t:FieldURI FieldURI="calendar:Start"/></t:FieldOrder></m:SortOrder><m:ParentFolderIds><t:DistinguishedFolderId Id="calendar"/><t:FolderId Id="x"/></m:ParentFolderIds></m:FindItem>`,
  UpdateItem: `<m:UpdateItem ConflictResolution="AutoResolve" SendMeetingInvitationsOrCancellations="SendToNone"><m:ItemChanges><t:ItemChange><t:ItemId Id="x" ChangeKey="y"/><t:Updates><t:SetItemField><t:FieldURI FieldURI="item:Subject"/><t:CalendarItem><t:Subject>s</t:Subject></t:CalendarItem></t:SetItemField><t:DeleteItemField>${property}</t:DeleteItemField><t:AppendToItemField><t:FieldURI FieldURI="item:Body"/><t:CalendarItem><t:Body BodyType="Text">b</t:Body></t:CalendarItem></t:AppendToItemField></t:Updates></t:ItemChange></m:ItemChanges></m:UpdateItem>`,
  DeleteItem:
    '<m:DeleteItem DeleteType="HardDelete" SendMeetingCancellations="SendToNone" AffectedTaskOccurrences="AllOccurrences"><m:ItemIds><t:ItemId Id="x"/></m:ItemIds></m:DeleteItem>',
  MoveItem:
    '<m:MoveItem><m:ToFolderId><t:DistinguishedFolderId Id="inbox"/></m:ToFolderId><m:ItemIds><t:ItemId Id="x"/></m:ItemIds><m:ReturnNewItemIds>true</m:ReturnNewItemIds></m:MoveItem>',
  GetFolder:
    '<m:GetFolder><m:FolderShape><t:BaseShape>Default</t:BaseShape><t:AdditionalProperties><t:FieldURI FieldURI="folder:DisplayName"/></t:AdditionalProperties></m:FolderShape><m:FolderIds><t:DistinguishedFolderId Id="root"/></m:FolderIds></m:GetFolder>',
  FindFolder:
    '<m:FindFolder Traversal="Deep"><m:FolderShape><t:BaseShape>IdOnly</t:BaseShape></m:FolderShape><m:IndexedPageFolderView Offset="0" BasePoint="Beginning"/><m:ParentFolderIds><t:DistinguishedFolderId Id="root"/></m:ParentFolderIds></m:FindFolder>',
  ConvertId:
    '<m:ConvertId DestinationFormat="EntryId"><m:SourceIds><t:AlternateId Id="x" Mailbox="m" Format="EwsId"/></m:SourceIds></m:ConvertId>',
  ResolveNames:
    '<m:ResolveNames ReturnFullContactData="true" SearchScope="ActiveDirectory"><m:UnresolvedEntry>x</m:UnresolvedEntry></m:ResolveNames>',
  GetUserConfiguration:
    '<m:GetUserConfiguration><m:UserConfigurationName Name="OWA.UserOptions"><t:DistinguishedFolderId Id="root"/></m:UserConfigurationName><m:UserConfigurationProperties>Dictionary Id</m:UserConfigurationProperties></m:GetUserConfiguration>',
  GetServerTimeZones:
    '<m:GetServerTimeZones ReturnFullTimeZoneData="true"><m:Ids><t:Id>UTC</t:Id></m:Ids></m:GetServerTimeZones>',
  CreateAttachment:
    '<m:CreateAttachment><m:ParentItemId Id="x"/><m:Attachments><t:FileAttachment><t:Name>f</t:Name><t:Content>aGk=</t:Content></t:FileAttachment></m:Attachments></m:CreateAttachment>',
  GetAttachment:
    '<m:GetAttachment><m:AttachmentShape><t:BodyType>Best</t:BodyType></m:AttachmentShape><m:AttachmentIds><t:AttachmentId Id="x"/></m:AttachmentIds></m:GetAttachment>',
};

/** Numbers, dates and the like, where white space around the value means nothing, and xmllint thinks it does. */
const COLLAPSED = /^(-?P.*|-?\d.*|true|false)$/;

const HEADER_BLOCK = /^t:(RequestServerVersion|MailboxCulture|ExchangeImpersonation|TimeZoneContext)$/;

/** Every request with one thing changed: an element left out, doubled, renamed, moved, with text; an attribute left out or spoilt. */
function* mutations(xml: string): Generator<string> {
  const seen = new Set<string>();
  const elements = [...xml.matchAll(/<([mt]:\w+)((?:\s[^>]*?)?)(\/>|>)/g)];
  for (const match of elements) {
    const [tag = '', name = '', attributes = '', closing] = match;
    // Once for each kind of element is enough.
    const kind = `${name}${attributes.replaceAll(/"[^"]*"/g, '')}`;
    if (seen.has(kind)) continue;
    seen.add(kind);
    const at = match.index;
    const end = closing === '/>' ? at + tag.length : endOf(xml, at, name);
    const whole = xml.slice(at, end);
    const put = (replacement: string) => xml.slice(0, at) + replacement + xml.slice(end);
    yield put('');
    // The schema would take a header block twice; the header is SOAP's, and there each is known by its name.
    if (!HEADER_BLOCK.test(name)) yield put(whole + whole);
    yield put(whole.replace(`<${name}`, `<${name}X`).replace(new RegExp(`</${name}>$`), `</${name}X>`));
    yield put(`<t:Subject>x</t:Subject>${whole}`);
    yield put(`text${whole}`);
    const inside = whole.slice(tag.length, -name.length - 3);
    if (closing === '>' && !inside.includes('<')) {
      yield put(`${tag}</${name}>`);
      yield put(`${tag}no-such-value</${name}>`);
      if (!COLLAPSED.test(inside)) yield put(`${tag} ${inside} </${name}>`);
      yield put(`${tag}<t:Subject>x</t:Subject></${name}>`);
    }
    const next = elements.find((other) => other.index >= end);
    if (next?.index === end && next[3] === '/>')
      yield xml.slice(0, at) + next[0] + whole + xml.slice(end + next[0].length);
    for (const [attribute, key = '', value = ''] of attributes.matchAll(/\s([\w]+)="([^"]*)"/g)) {
      yield put(whole.replace(attribute, ''));
      yield put(whole.replace(attribute, ` ${key}="no such value"`));
      if (!COLLAPSED.test(value)) yield put(whole.replace(attribute, ` ${key}=" ${value} "`));
    }
    yield put(whole.replace(`<${name}`, `<${name} Unheard="of"`));
  }
}

function endOf(xml: string, at: number, name: string): number {
  let depth = 0;
  for (const match of xml.slice(at).matchAll(new RegExp(`<(/?)${name}(?:\\s[^>]*?)?(/?)>`, 'g'))) {
    if (match[2] === '/') continue;
    depth += match[1] === '/' ? -1 : 1;
    if (depth === 0) return at + match.index + match[0].length;
  }
  throw new Error(`no end of ${name}`);
}

describe.skipIf(schemasSkipped !== '')(`the grammar judges as the schemas do${schemasSkipped}`, () => {
  const families = new Map(
    Object.entries(bodies).map(([name, body]) => {
      const ownHeader =
        name === 'CreateItem' ? header : header.replace(/<t:TimeZoneContext>.*<\/t:TimeZoneContext>/, '');
      const original = `${OPEN}${ownHeader}<s:Body>${body}</s:Body></s:Envelope>`;
      return [name, [original, ...new Set(mutations(original))]];
    }),
  );
  const verdicts = new Map<string, boolean>();

  beforeAll(() => {
    const all = [...families.values()].flat();
    for (const [index, verdict] of judgeBySchema(all).entries()) verdicts.set(all[index] ?? '', verdict);
  });

  test.each([...families])('%s', async (_, requests) => {
    const [original = ''] = requests;
    expect(verdicts.get(original)).toBe(true);
    const disagreements: string[] = [];
    for (const request of requests) {
      const refusal = refusalOf(request);
      if ((refusal === undefined) !== verdicts.get(request)) {
        disagreements.push(`${refusal ?? 'accepted'}: ${difference(original, request)}`);
      }
    }
    expect(disagreements).toEqual([]);
    // Whatever is accepted has an answer that is not a defect's.
    for (const request of requests.filter((each) => verdicts.get(each))) {
      expect((await client.post(request)).codes).not.toContain('ErrorInternalServerError');
    }
  });
});

/** Why the grammar refuses a request; undefined if it does not. */
function refusalOf(request: string): string | undefined {
  try {
    readEnvelope(request);
    return undefined;
  } catch (error) {
    return error instanceof SoapFault && /^Error(SchemaValidation|InvalidRequest)$/.test(error.code)
      ? error.message
      : undefined;
  }
}

/** Where a request leaves the original. */
function difference(original: string, request: string): string {
  let at = 0;
  while (original[at] === request[at]) at += 1;
  return request.slice(Math.max(0, at - 60), at + 60);
}
