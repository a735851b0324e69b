import { type Zone, findZone, utc } from '../../calendar/zone.js';
import type { Mailbox } from '../../directory/mailbox.js';
import { busyTimes } from '../../meetings/free-busy.js';
import { type Call, zoneOf } from '../call.js';
import { element } from '../escape.js';
import { ItemError, SoapFault } from '../fault.js';
import { readSerializableZone, serializableZoneXml } from '../fields/serializable-zone.js';
import { readInstant } from '../fields/time.js';
import type { XmlElement } from '../xml-element.js';
import { type Window, eventsXml, mergedXml } from './free-busy-xml.js';
import type { Operation } from './operation.js';

const MINUTE = 60_000;
/** The documentation's limits. */
const MOST_MAILBOXES = 100;
const MOST_DAYS = 62;

/** When people have time. What they do then is told to themselves alone: by default, others may see free/busy times. */
export const getUserAvailability: Operation = (request, call) => {
  const window = readWindow(request, call);
  const data = request.required('m:MailboxDataArray').children;
  if (data.length > MOST_MAILBOXES) {
    throw new SoapFault('ErrorExceededMaxRecipients', `At most ${MOST_MAILBOXES} mailboxes can be asked for at once.`);
  }
  const answers = data.map((each) => `<m:FreeBusyResponse>${answerXml(each, window, call)}</m:FreeBusyResponse>`);
  return `<m:FreeBusyResponseArray>${answers.join('')}</m:FreeBusyResponseArray>`;
};

function readWindow(request: XmlElement, call: Call): Window {
  const options = request.child('t:FreeBusyViewOptions');
  if (options === undefined || request.child('t:SuggestionsViewOptions') !== undefined) {
    const text = 'The sandbox gives free/busy times, and no suggestions: ask with FreeBusyViewOptions alone.';
    throw new SoapFault('ErrorInvalidRequest', text);
  }
  const zone = readZoneOf(request, call);
  const time = options.required('t:TimeWindow');
  const from = readInstant(time.required('t:StartTime').text, zone);
  const until = readInstant(time.required('t:EndTime').text, zone);
  if (until <= from) throw new SoapFault('ErrorInvalidTimeInterval', 'The time window ends before it starts.');
  if (until - from > MOST_DAYS * 86_400_000) {
    throw new SoapFault('ErrorTimeIntervalTooBig', `The time window is longer than ${MOST_DAYS} days.`);
  }
  const minutes = Number(options.value('t:MergedFreeBusyIntervalInMinutes') ?? 30);
  if (minutes < 5 || minutes > 1440) {
    throw new SoapFault('ErrorInvalidMergedFreeBusyInterval', 'The interval must be from 5 to 1440 minutes.');
  }
  const view = options.value('t:RequestedView') ?? 'FreeBusyMerged';
  if (view === 'None') throw new SoapFault('ErrorInvalidFreeBusyViewType', 'A view must be asked for.');
  return { from, until, zone, intervalMs: minutes * MINUTE, view };
}

function readZoneOf(request: XmlElement, call: Call): Zone {
  const zone = request.child('t:TimeZone');
  if (zone === undefined) return zoneOf(call);
  try {
    return readSerializableZone(zone);
  } catch (error) {
    if (error instanceof ItemError) throw new SoapFault(error.code, error.message);
    throw error;
  }
}

function answerXml(data: XmlElement, window: Window, call: Call): string {
  const address = (data.required('t:Email').value('t:Address') ?? '').replace(/^smtp:/i, '');
  const mailbox = call.directory.byAnyAddress(address);
  if (mailbox === undefined) {
    const text = `Unable to resolve e-mail address ${address} to an Active Directory object.`;
    return (
      `<m:ResponseMessage ResponseClass="Error">${element('m:MessageText', text)}` +
      '<m:ResponseCode>ErrorMailRecipientNotFound</m:ResponseCode><m:DescriptiveLinkKey>0</m:DescriptiveLinkKey>' +
      '</m:ResponseMessage>'
    );
  }
  const success =
    '<m:ResponseMessage ResponseClass="Success"><m:ResponseCode>NoError</m:ResponseCode></m:ResponseMessage>';
  return success + viewXml(mailbox, window, call);
}

function viewXml(mailbox: Mailbox, window: Window, call: Call): string {
  const view = mailbox === call.mailbox ? window.view : window.view.replace('Detailed', 'FreeBusy');
  // DetailedMerged becomes FreeBusyMerged: both name what they hold.
  const times = busyTimes(call.store.of(mailbox), window.from, window.until);
  return (
    `<m:FreeBusyView>${element('t:FreeBusyViewType', view)}` +
    (view.includes('Merged') ? mergedXml(times, window) : '') +
    (view === 'MergedOnly' ? '' : eventsXml(times, window, view.startsWith('Detailed') ? mailbox : undefined)) +
    `${workingHoursXml(mailbox, call)}</m:FreeBusyView>`
  );
}

/** Nobody sets them here: Monday to Friday, from eight to five, as Exchange has it at first. */
function workingHoursXml(mailbox: Mailbox, call: Call): string {
  const zone = findZone(mailbox.timeZone) ?? utc;
  return (
    `<t:WorkingHours>${serializableZoneXml(zone, new Date(call.now()).getUTCFullYear())}<t:WorkingPeriodArray>` +
    '<t:WorkingPeriod><t:DayOfWeek>Monday Tuesday Wednesday Thursday Friday</t:DayOfWeek>' +
    '<t:StartTimeInMinutes>480</t:StartTimeInMinutes><t:EndTimeInMinutes>1020</t:EndTimeInMinutes>' +
    '</t:WorkingPeriod></t:WorkingPeriodArray></t:WorkingHours>'
  );
}
