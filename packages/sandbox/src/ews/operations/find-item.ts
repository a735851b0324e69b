import type { CalendarItem } from '../../calendar/item.js';
import { isCalendarFolder } from '../../calendar/folder.js';
import { isSeries, occurrencesBetween, overlaid } from '../../calendar/series.js';
import { type Call, zoneOf } from '../call.js';
import { ItemError } from '../fault.js';
import type { View } from '../fields/field.js';
import { readInstant } from '../fields/time.js';
import { type FolderView, resolveFolder } from '../folder-reference.js';
import { compare, readPath } from '../path.js';
import { type Restriction, readRestriction } from '../restriction.js';
import { eachOf, success } from '../response.js';
import { itemXml, readShape } from '../shape.js';
import type { XmlElement } from '../xml-element.js';
import type { Operation } from './operation.js';

const MESSAGE = 'FindItemResponseMessage';
const TWO_YEARS = 732 * 86_400_000;
/** The throttling policy's EWSFindCountLimit: however many are asked for, so many come. */
const FIND_COUNT_LIMIT = 1000;

interface Page {
  readonly views: readonly View[];
  /** Attributes of RootFolder. */
  readonly attributes: string;
}

export const findItem: Operation = (request, call) =>
  eachOf(request.required('m:ParentFolderIds').children, MESSAGE, '', (reference) => {
    const shape = readShape(request.required('m:ItemShape'), true);
    const page = find(request, resolveFolder(reference, call), call);
    const items = page.views.map((view) => itemXml({ ...view, bodyType: shape.bodyType }, shape)).join('');
    return success(MESSAGE, `<m:RootFolder ${page.attributes}><t:Items>${items}</t:Items></m:RootFolder>`);
  });

function find(request: XmlElement, folder: FolderView, call: Call): Page {
  const calendarView = request.child('m:CalendarView');
  if (calendarView !== undefined) return viewCalendar(request, calendarView, folder, call);
  for (const unsupported of ['m:GroupBy', 'm:DistinguishedGroupBy', 'm:QueryString']) {
    if (request.child(unsupported) !== undefined) {
      const text = `The sandbox does not serve ${unsupported.slice(2)}; search with a Restriction.`;
      throw new ItemError('ErrorUnsupportedQueryFilter', text);
    }
  }
  if (request.attribute('Traversal') !== 'Shallow') return pageOf([], request);
  const restriction = request.child('m:Restriction');
  const views = candidates(folder, restriction === undefined ? undefined : readRestriction(restriction));
  const sort = request.child('m:SortOrder');
  return pageOf(sort === undefined ? views : sorted(views, sort), request);
}

function candidates(folder: FolderView, restriction: Restriction | undefined): View[] {
  const view = (item: CalendarItem): View => ({ ...folder, item, occurrence: undefined, bodyType: 'Best' });
  if (restriction === undefined) return folder.calendar.itemsIn(folder.folder).map(view);
  const found =
    restriction.wanted === undefined
      ? folder.calendar.itemsIn(folder.folder)
      : restriction.wanted.flatMap(({ property, value }) => folder.calendar.withProperty(property, value));
  const inFolder = [...new Set(found)].filter((item) => item.folder === folder.folder);
  return inFolder.map(view).filter(restriction.test);
}

function sorted(views: readonly View[], sortOrder: XmlElement): View[] {
  const keys = sortOrder.children.map((order) => {
    const [path] = order.children;
    if (path === undefined) throw new Error('the grammar let a FieldOrder pass without a path');
    return { path: readPath(path), sign: order.attribute('Order') === 'Descending' ? -1 : 1 };
  });
  return [...views].sort((a, b) => {
    for (const { path, sign } of keys) {
      const order = compare(path.read(a), path.read(b));
      if (order !== 0) return sign * order;
    }
    return 0;
  });
}

function pageOf(views: readonly View[], request: XmlElement): Page {
  const view = request.child('m:IndexedPageItemView') ?? request.child('m:FractionalPageItemView');
  const limit = Math.min(readLimit(view) ?? FIND_COUNT_LIMIT, FIND_COUNT_LIMIT);
  if (request.child('m:SeekToConditionPageItemView') !== undefined || request.child('m:ContactsView') !== undefined) {
    throw new ItemError('ErrorUnsupportedQueryFilter', 'The sandbox pages with IndexedPageItemView.');
  }
  const isFromEnd = view?.attribute('BasePoint') === 'End';
  const offset = offsetOf(view, views.length);
  const from = isFromEnd ? Math.max(0, views.length - offset - limit) : offset;
  const until = isFromEnd ? Math.max(0, views.length - offset) : offset + limit;
  const isLast = isFromEnd ? from === 0 : until >= views.length;
  const next = isFromEnd ? offset + limit : Math.min(until, views.length);
  return {
    views: views.slice(from, until),
    attributes: `IndexedPagingOffset="${next}" TotalItemsInView="${views.length}" IncludesLastItemInRange="${isLast}"`,
  };
}

function offsetOf(view: XmlElement | undefined, total: number): number {
  if (view === undefined) return 0;
  if (view.name === 'm:IndexedPageItemView') {
    const offset = Number(view.attribute('Offset'));
    if (offset < 0) {
      throw new ItemError('ErrorInvalidIndexedPagingParameters', 'The Offset of the paging view must not be negative.');
    }
    return offset;
  }
  const [numerator, denominator] = [Number(view.attribute('Numerator')), Number(view.attribute('Denominator'))];
  if (denominator <= 0 || numerator < 0 || numerator > denominator) {
    throw new ItemError('ErrorInvalidFractionalPagingParameters', 'The fraction of the paging view is invalid.');
  }
  return Math.floor((total * numerator) / denominator);
}

function readLimit(view: XmlElement | undefined): number | undefined {
  const limit = view?.attribute('MaxEntriesReturned');
  if (limit === undefined) return undefined;
  if (Number(limit) <= 0) throw new ItemError('ErrorInvalidPagingMaxRows', 'MaxEntriesReturned must be positive.');
  return Number(limit);
}

function viewCalendar(request: XmlElement, view: XmlElement, folder: FolderView, call: Call): Page {
  const from = readInstant(view.attribute('StartDate') ?? '', zoneOf(call));
  const until = readInstant(view.attribute('EndDate') ?? '', zoneOf(call));
  checkView(request, folder, from, until);
  const limit = readLimit(view) ?? FIND_COUNT_LIMIT;
  const views: View[] = [];
  for (const item of folder.calendar.itemsIn(folder.folder)) {
    if (isSeries(item)) {
      for (const occurrence of occurrencesBetween(item, from, until)) {
        views.push({ ...folder, item: overlaid(item, occurrence), occurrence, bodyType: 'Best' });
      }
    } else if (overlaps(item.start, item.end, from, until)) {
      views.push({ ...folder, item, occurrence: undefined, bodyType: 'Best' });
    }
  }
  views.sort((a, b) => a.item.start - b.item.start);
  const shown = views.slice(0, Math.min(limit, FIND_COUNT_LIMIT));
  const isLast = shown.length === views.length;
  return { views: shown, attributes: `TotalItemsInView="${shown.length}" IncludesLastItemInRange="${isLast}"` };
}

function checkView(request: XmlElement, folder: FolderView, from: number, until: number): void {
  if (request.child('m:Restriction') !== undefined || request.child('m:SortOrder') !== undefined) {
    const text = 'A CalendarView takes neither Restriction nor SortOrder.';
    throw new ItemError(
      request.child('m:Restriction') === undefined ? 'ErrorUnsupportedPathForSortGroup' : 'ErrorInvalidRestriction',
      text,
    );
  }
  if (!isCalendarFolder(folder.folder)) {
    const text = 'The folder is not a calendar folder, and cannot be viewed as one.';
    throw new ItemError('ErrorCalendarFolderIsInvalidForCalendarView', text);
  }
  if (until < from)
    throw new ItemError('ErrorCalendarEndDateIsEarlierThanStartDate', 'EndDate is earlier than StartDate');
  if (until - from > TWO_YEARS) {
    throw new ItemError(
      'ErrorCalendarViewRangeTooBig',
      'The specified view range exceeds the maximum range of two years.',
    );
  }
}

/** An event without length belongs to the moment at which it is. */
function overlaps(start: number, end: number, from: number, until: number): boolean {
  return start < until && (end > from || (start === end && start >= from));
}
