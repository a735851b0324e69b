import type { Disposal } from '../../calendar/mailbox-calendar.js';
import { isMessage } from '../../calendar/meeting.js';
import { isSeries } from '../../calendar/series.js';
import { ItemError } from '../fault.js';
import { resolveItem } from '../item-reference.js';
import { eachOf, success } from '../response.js';
import { readSending } from '../sending.js';
import type { Operation } from './operation.js';

const MESSAGE = 'DeleteItemResponseMessage';

const DISPOSALS: Readonly<Record<string, Disposal>> = {
  HardDelete: 'nowhere',
  SoftDelete: 'recoverable items',
  MoveToDeletedItems: 'deleted items',
};

export const deleteItem: Operation = (request, call) => {
  const disposal = DISPOSALS[request.attribute('DeleteType') ?? ''] ?? 'nowhere';
  const sending = request.attribute('SendMeetingCancellations');
  return eachOf(request.required('m:ItemIds').children, MESSAGE, '', (reference) => {
    const view = resolveItem(reference, call);
    const { item, series, calendar, occurrence } = view;
    if (sending === undefined && !isMessage(item)) {
      const text = 'SendMeetingCancellations attribute is required for calendar items.';
      throw new ItemError('ErrorSendMeetingCancellationsRequired', text);
    }
    call.meetings.cancel({ ...view, day: occurrence?.day }, readSending(sending ?? 'SendToNone'));
    if (occurrence !== undefined && isSeries(series)) calendar.deleteOccurrence(series, occurrence.day);
    else calendar.remove(item, disposal);
    return success(MESSAGE, '');
  });
};
