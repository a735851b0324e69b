import { expect, test } from 'vitest';
import { type FaultRule, startSandbox } from '../src/index.js';
import { operations } from '../src/ews/operations/operations.js';
import { contoso } from '../src/vitest.js';
import { EwsClient } from './ews-client.js';
import { schemasSkipped } from './schemas.js';

const ITEM = '<m:ItemIds><t:ItemId Id="AAMk"/><t:ItemId Id="AAMk"/></m:ItemIds>';
const CALENDAR = '<t:DistinguishedFolderId Id="calendar"/>';
const SHAPE = '<t:BaseShape>IdOnly</t:BaseShape>';
const TO = `<m:ToFolderId>${CALENDAR}</m:ToFolderId>`;

/** The smallest request of each operation that the grammar takes, with two parts where there can be two. */
const REQUESTS: Readonly<Record<string, string>> = {
  ConvertId:
    '<m:ConvertId DestinationFormat="EwsId"><m:SourceIds><t:AlternateId Format="EwsId" Id="AAMk" ' +
    'Mailbox="alfred@contoso.com"/></m:SourceIds></m:ConvertId>',
  CopyItem: `<m:CopyItem>${TO}${ITEM}</m:CopyItem>`,
  CreateAttachment:
    '<m:CreateAttachment><m:ParentItemId Id="AAMk"/><m:Attachments><t:FileAttachment><t:Name>a</t:Name>' +
    '<t:Content>AA==</t:Content></t:FileAttachment></m:Attachments></m:CreateAttachment>',
  CreateItem:
    '<m:CreateItem SendMeetingInvitations="SendToNone"><m:Items><t:CalendarItem/><t:CalendarItem/></m:Items></m:CreateItem>',
  DeleteAttachment:
    '<m:DeleteAttachment><m:AttachmentIds><t:AttachmentId Id="AAMk"/></m:AttachmentIds></m:DeleteAttachment>',
  DeleteItem: `<m:DeleteItem DeleteType="HardDelete" SendMeetingCancellations="SendToNone">${ITEM}</m:DeleteItem>`,
  FindFolder:
    `<m:FindFolder Traversal="Shallow"><m:FolderShape>${SHAPE}</m:FolderShape>` +
    `<m:ParentFolderIds>${CALENDAR}</m:ParentFolderIds></m:FindFolder>`,
  FindItem:
    `<m:FindItem Traversal="Shallow"><m:ItemShape>${SHAPE}</m:ItemShape>` +
    `<m:ParentFolderIds>${CALENDAR}</m:ParentFolderIds></m:FindItem>`,
  GetAttachment: '<m:GetAttachment><m:AttachmentIds><t:AttachmentId Id="AAMk"/></m:AttachmentIds></m:GetAttachment>',
  GetFolder: `<m:GetFolder><m:FolderShape>${SHAPE}</m:FolderShape><m:FolderIds>${CALENDAR}</m:FolderIds></m:GetFolder>`,
  GetItem: `<m:GetItem><m:ItemShape>${SHAPE}</m:ItemShape>${ITEM}</m:GetItem>`,
  GetServerTimeZones: '<m:GetServerTimeZones/>',
  GetUserAvailability:
    '<m:GetUserAvailabilityRequest><m:MailboxDataArray/><t:FreeBusyViewOptions><t:TimeWindow>' +
    '<t:StartTime>2026-11-24T00:00:00</t:StartTime><t:EndTime>2026-11-25T00:00:00</t:EndTime></t:TimeWindow>' +
    '</t:FreeBusyViewOptions></m:GetUserAvailabilityRequest>',
  GetUserConfiguration:
    '<m:GetUserConfiguration><m:UserConfigurationName Name="OWA.UserOptions"><t:DistinguishedFolderId Id="root"/>' +
    '</m:UserConfigurationName><m:UserConfigurationProperties>All</m:UserConfigurationProperties></m:GetUserConfiguration>',
  MoveItem: `<m:MoveItem>${TO}${ITEM}</m:MoveItem>`,
  ResolveNames:
    '<m:ResolveNames ReturnFullContactData="false"><m:UnresolvedEntry>al</m:UnresolvedEntry></m:ResolveNames>',
  UpdateItem:
    '<m:UpdateItem ConflictResolution="AlwaysOverwrite" SendMeetingInvitationsOrCancellations="SendToNone">' +
    '<m:ItemChanges><t:ItemChange><t:ItemId Id="AAMk"/><t:Updates><t:DeleteItemField><t:FieldURI FieldURI="item:Body"/>' +
    '</t:DeleteItemField></t:Updates></t:ItemChange></m:ItemChanges></m:UpdateItem>',
};

test(`every operation's answer to a fault keeps the schemas${schemasSkipped}`, async () => {
  await using sandbox = await startSandbox(contoso);
  const client = new EwsClient(sandbox.ewsUrl);
  const rules: FaultRule[] = [
    { fault: 'busy', backOffMs: 5 },
    { fault: 'busy', backOffMs: 5, as: 'message' },
    { fault: 'busy', as: 'inner' },
    { fault: 'error', code: 'ErrorMailboxStoreUnavailable', message: 'R&D <is> away' },
  ];
  for (const rule of rules) {
    sandbox.control.setFaults([rule]);
    for (const operation of operations.keys()) {
      const request = REQUESTS[operation];
      if (request === undefined) throw new Error(`add the smallest request of ${operation} to this test`);
      const { codes } = await client.call(request);
      const expected =
        rule.fault === 'error' ? rule.code : rule.fault === 'busy' && rule.as === 'inner' ? 'Internal' : 'Busy';
      expect([operation, codes[0]]).toEqual([operation, expect.stringContaining(expected)]);
    }
  }
  expect(client.schemaViolations()).toBe('');
});
