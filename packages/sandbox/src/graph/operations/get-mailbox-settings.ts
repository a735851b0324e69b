import { findZone } from '../../calendar/zone.js';
import type { Mailbox } from '../../directory/mailbox.js';
import type { GraphOperation } from '../call.js';
import { contextOf } from '../context.js';

const DAY = 86_400_000;

/** How the owner wants days, times and texts. A mailbox that nobody has opened has neither a zone nor a language. */
export const getMailboxSettings: GraphOperation = (call) => {
  call.query.allow('$select');
  const { mailbox } = call;
  const zone = mailbox.opened ? (findZone(mailbox.timeZone)?.id ?? 'UTC') : '';
  const settings: Readonly<Record<string, unknown>> = {
    archiveFolder: null,
    timeZone: zone,
    delegateMeetingMessageDeliveryOptions: 'sendToDelegateOnly',
    dateFormat: '',
    timeFormat: '',
    userPurpose: mailbox.userPurpose,
    automaticRepliesSetting: noReplies(call.now()),
    language: languageOf(mailbox),
    workingHours: {
      daysOfWeek: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'],
      startTime: '08:00:00.0000000',
      endTime: '17:00:00.0000000',
      timeZone: { name: zone },
    },
  };
  const select = call.query.get('$select')?.split(',');
  const wanted = Object.entries(settings).filter(([name]) => select === undefined || select.includes(name));
  return { status: 200, body: { ...contextOf(call, 'mailboxSettings'), ...Object.fromEntries(wanted) } };
};

function languageOf({ culture, opened }: Mailbox) {
  if (!opened) return { locale: '', displayName: '' };
  return {
    locale: culture,
    displayName: new Intl.DisplayNames('en', { type: 'language', languageDisplay: 'standard' }).of(culture),
  };
}

function noReplies(now: number) {
  return {
    status: 'disabled',
    externalAudience: 'none',
    internalReplyMessage: '',
    externalReplyMessage: '',
    scheduledStartDateTime: fullHour(now),
    scheduledEndDateTime: fullHour(now + DAY),
  };
}

function fullHour(time: number) {
  return { dateTime: `${new Date(time).toISOString().slice(0, 13)}:00:00.0000000`, timeZone: 'UTC' };
}
