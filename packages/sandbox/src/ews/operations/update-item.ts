import type { CalendarItem } from '../../calendar/item.js';
import type { Draft } from '../../calendar/mailbox-calendar.js';
import { isMessage } from '../../calendar/meeting.js';
import { isSeries, occurrenceOn, overlaid } from '../../calendar/series.js';
import type { Meeting } from '../../meetings/meetings.js';
import type { Call } from '../call.js';
import { ItemError } from '../fault.js';
import { itemIdXml } from '../fields/item-fields.js';
import { readChanges } from '../item-changes.js';
import { cannotSet } from '../item-content.js';
import { type ResolvedItem, isCurrent, resolveItem } from '../item-reference.js';
import { eachOf, success } from '../response.js';
import { readSending } from '../sending.js';
import type { XmlElement } from '../xml-element.js';
import { idsOf } from './ids-of.js';
import type { Operation } from './operation.js';
import { updateMail } from './update-mail.js';

const MESSAGE = 'UpdateItemResponseMessage';
const NO_CONFLICTS = '<m:ConflictResults><t:Count>0</t:Count></m:ConflictResults>';

export const updateItem: Operation = (request, call) => {
  const resolution = request.attribute('ConflictResolution') ?? '';
  const sending = request.attribute('SendMeetingInvitationsOrCancellations');
  return eachOf(request.required('m:ItemChanges').children, MESSAGE, '<m:Items/>', (change) => {
    const [reference] = change.children;
    if (reference === undefined) throw new Error('the grammar let an ItemChange pass without an id');
    const view = resolveItem(reference, call);
    if (isMessage(view.item)) {
      checkConflict(reference, view.item, resolution, call);
      updateMail(change.required('t:Updates').children, view.item, view.calendar);
      return success(MESSAGE, `<m:Items>${idsOf(view, [view.item])}</m:Items>${NO_CONFLICTS}`);
    }
    if (sending === undefined) {
      const text = 'SendMeetingInvitationsOrCancellations attribute is required for calendar items.';
      throw new ItemError('ErrorSendMeetingInvitationsOrCancellationsRequired', text);
    }
    checkConflict(reference, view.item, resolution, call);
    const changes = readChanges(change.required('t:Updates').children, view.item, call);
    const before = { ...view.item };
    apply(view, changes);
    call.meetings.update(changed(view), before, readSending(sending));
    return success(
      MESSAGE,
      `<m:Items><t:CalendarItem>${itemIdXml({ ...view, item: view.series })}</t:CalendarItem></m:Items>${NO_CONFLICTS}`,
    );
  });
};

function apply({ calendar, item, series, occurrence }: ResolvedItem, changes: Draft): void {
  if (occurrence === undefined || !isSeries(series)) {
    calendar.update(item, changes);
    return;
  }
  if (changes.recurrence !== undefined) throw cannotSet('calendar:Recurrence');
  calendar.updateOccurrence(series, occurrence.day, changes);
}

/** The same view of what is stored now. */
function changed(view: ResolvedItem): Meeting {
  const { series, occurrence } = view;
  if (occurrence === undefined || !isSeries(series)) return { ...view, day: undefined };
  const now = occurrenceOn(series, occurrence.day);
  return { ...view, item: now === undefined ? view.item : overlaid(series, now), day: occurrence.day };
}

function checkConflict(reference: XmlElement, item: CalendarItem, resolution: string, call: Call): void {
  const current = isCurrent(reference, item, call);
  if (resolution === 'AlwaysOverwrite') return;
  if (current === undefined) {
    const text = 'The change key is required for this operation.';
    throw new ItemError('ErrorChangeKeyRequiredForWriteOperations', text);
  }
  if (resolution === 'NeverOverwrite' && !current) {
    const text =
      'The send or update operation could not be performed because the change key passed in the request does not ' +
      'match the current change key for the item.';
    throw new ItemError('ErrorIrresolvableConflict', text);
  }
}
