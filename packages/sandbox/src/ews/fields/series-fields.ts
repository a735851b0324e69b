import type { Occurrence } from '../../calendar/occurrence.js';
import { endsOf, isSeries, occurrenceOn, timesOn } from '../../calendar/series.js';
import { element } from '../escape.js';
import { itemChangeKey, occurrenceId } from '../item-id.js';
import { formatDateTime } from '../xml-values.js';
import { type Field, type View, structured } from './field.js';
import { readRecurrence, recurrenceXml } from './recurrence.js';

/** What only a series has, in the schema's order. */
export const seriesFields: readonly Field[] = [
  structured(
    'calendar:Recurrence',
    ({ item }) => (item.recurrence === undefined ? '' : recurrenceXml(item.recurrence)),
    {
      found: false,
      take: (draft, recurrence) => void (draft.recurrence = readRecurrence(recurrence)),
      clear: (draft) => void (draft.recurrence = undefined),
    },
  ),
  structured('calendar:FirstOccurrence', (view) => endXml(view, 'first'), { found: false }),
  structured('calendar:LastOccurrence', (view) => endXml(view, 'last'), { found: false }),
  structured('calendar:ModifiedOccurrences', modifiedXml, { found: false }),
  structured('calendar:DeletedOccurrences', deletedXml, { found: false }),
];

function endXml(view: View, which: 'first' | 'last'): string {
  const { item } = view;
  const occurrence = isSeries(item) ? endsOf(item)[which] : undefined;
  if (occurrence === undefined) return '';
  const name = which === 'first' ? 't:FirstOccurrence' : 't:LastOccurrence';
  return `<${name}>${occurrenceXml(view, occurrence)}</${name}>`;
}

function occurrenceXml({ item, mailbox }: View, occurrence: Occurrence): string {
  const id = occurrenceId(mailbox, item.number, occurrence.day);
  return (
    `<t:ItemId Id="${id}" ChangeKey="${itemChangeKey(mailbox, item.change)}"/>` +
    element('t:Start', formatDateTime(occurrence.start)) +
    element('t:End', formatDateTime(occurrence.end)) +
    element('t:OriginalStart', formatDateTime(occurrence.originalStart))
  );
}

function modifiedXml(view: View): string {
  const { item } = view;
  if (!isSeries(item)) return '';
  const modified = [...(item.exceptions?.keys() ?? [])]
    .map((day) => occurrenceOn(item, day))
    .filter((occurrence) => occurrence !== undefined)
    .map((occurrence) => `<t:Occurrence>${occurrenceXml(view, occurrence)}</t:Occurrence>`);
  return modified.length === 0 ? '' : `<t:ModifiedOccurrences>${modified.join('')}</t:ModifiedOccurrences>`;
}

function deletedXml({ item }: View): string {
  if (!isSeries(item)) return '';
  const deleted = [...(item.exceptions ?? [])]
    .filter(([, exception]) => exception === 'deleted')
    .map(([day]) => element('t:Start', formatDateTime(timesOn(day, item).start)))
    .map((start) => `<t:DeletedOccurrence>${start}</t:DeletedOccurrence>`);
  return deleted.length === 0 ? '' : `<t:DeletedOccurrences>${deleted.join('')}</t:DeletedOccurrences>`;
}
