import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Sandbox, startSandbox } from '../src/index.js';
import { contoso } from './contoso.js';
import { EwsClient } from './ews-client.js';
import { schemasSkipped } from './schemas.js';

/** The facts of the sample in Microsoft's "Add appointments by using Exchange impersonation", written anew. */
const SAMPLE = `<?xml version="1.0" encoding="utf-8"?>
<soap:Envelope xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
    xmlns:m="http://schemas.microsoft.com/exchange/services/2006/messages"
    xmlns:t="http://schemas.microsoft.com/exchange/services/2006/types"
    xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/">
  <soap:Header>
    <t:RequestServerVersion Version="Exchange2013" />
    <t:TimeZoneContext>
      <t:TimeZoneDefinition Id="Pacific Standard Time" />
    </t:TimeZoneContext>
    <t:ExchangeImpersonation>
      <t:ConnectingSID>
        <t:SmtpAddress>alfred@contoso.com</t:SmtpAddress>
      </t:ConnectingSID>
    </t:ExchangeImpersonation>
  </soap:Header>
  <soap:Body>
    <m:CreateItem SendMeetingInvitations="SendToNone">
      <m:Items>
        <t:CalendarItem>
          <t:Subject>Tennis lesson</t:Subject>
          <t:Body BodyType="HTML">Focus on backhand this week.</t:Body>
          <t:ReminderDueBy>2013-09-19T14:37:10.732-07:00</t:ReminderDueBy>
          <t:Start>2013-09-21T19:00:00.000Z</t:Start>
          <t:End>2013-09-21T20:00:00.000Z</t:End>
          <t:Location>Tennis club</t:Location>
          <t:MeetingTimeZone TimeZoneName="Pacific Standard Time" />
        </t:CalendarItem>
      </m:Items>
    </m:CreateItem>
  </soap:Body>
</soap:Envelope>
`;

let sandbox: Sandbox;
let client: EwsClient;

beforeAll(async () => {
  sandbox = await startSandbox(contoso);
  client = new EwsClient(sandbox.ewsUrl);
});

afterAll(() => sandbox.close());

test('the published request is answered in the published shape', async () => {
  const reply = await client.post(SAMPLE);
  expect(reply.status).toBe(200);
  expect(reply.xml.replaceAll(/ (Id|ChangeKey|\w+Number|M\w+Version|Version)="[^"]*"/g, ' $1=""')).toBe(
    '<?xml version="1.0" encoding="utf-8"?><s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Header>' +
      '<h:ServerVersionInfo MajorVersion="" MinorVersion="" MajorBuildNumber="" MinorBuildNumber="" Version="" ' +
      'xmlns:h="http://schemas.microsoft.com/exchange/services/2006/types" ' +
      'xmlns="http://schemas.microsoft.com/exchange/services/2006/types" ' +
      'xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"/></s:Header>' +
      '<s:Body xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xsd="http://www.w3.org/2001/XMLSchema">' +
      '<m:CreateItemResponse xmlns:m="http://schemas.microsoft.com/exchange/services/2006/messages" ' +
      'xmlns:t="http://schemas.microsoft.com/exchange/services/2006/types"><m:ResponseMessages>' +
      '<m:CreateItemResponseMessage ResponseClass="Success"><m:ResponseCode>NoError</m:ResponseCode><m:Items>' +
      '<t:CalendarItem><t:ItemId Id="" ChangeKey=""/></t:CalendarItem></m:Items></m:CreateItemResponseMessage>' +
      '</m:ResponseMessages></m:CreateItemResponse></s:Body></s:Envelope>',
  );
  expect(reply.attributes('ItemId', 'Id')[0]).toMatch(/^AAMk[A-Za-z0-9+/]{144}AAA=$/);
  expect(reply.attributes('ItemId', 'ChangeKey')[0]).toMatch(/^DwAAABYAAA[A-Za-z0-9+/]{30}$/);
});

test('what it placed is in that calendar, and in no other', async () => {
  const reply = await client.view('2013-09-21T00:00:00Z', '2013-09-22T00:00:00Z');
  expect(reply.texts('Subject')).toEqual(['Tennis lesson']);
  expect(reply.texts('Start')).toEqual(['2013-09-21T19:00:00Z']);
  expect(reply.texts('End')).toEqual(['2013-09-21T20:00:00Z']);
  expect(reply.texts('Location')).toEqual(['Tennis club']);
  const other = await client.view('2013-09-21T00:00:00Z', '2013-09-22T00:00:00Z', { as: 'berta@contoso.com' });
  expect(other.texts('Subject')).toEqual([]);
});

test('the item read back says whose it is and how it is kept', async () => {
  const found = await client.view('2013-09-21T00:00:00Z', '2013-09-22T00:00:00Z');
  const item = await client.get(found.attributes('ItemId', 'Id'));
  expect(item.text('Body')).toBe('Focus on backhand this week.');
  expect(item.text('EmailAddress')).toBe('alfred@contoso.com');
  expect(item.text('ReminderDueBy')).toBe('2013-09-21T19:00:00Z');
  expect(item.attributes('StartTimeZone', 'Id')).toEqual(['Pacific Standard Time']);
});

test.skipIf(schemasSkipped !== '')(`accepted requests and all responses keep the schemas${schemasSkipped}`, () => {
  expect(client.schemaViolations()).toBe('');
});
