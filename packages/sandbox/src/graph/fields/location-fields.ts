import type { CalendarItem } from '../../calendar/item.js';
import type { Draft } from '../../calendar/mailbox-calendar.js';
import { type EventField, type Given, field, setOther } from './event-field.js';

/** Where the store keeps what a location is besides its name. */
const LOCATIONS = 'graph:locations';

type Place = Readonly<Record<string, unknown>>;

interface Kept {
  /** The item's location that these are the places of; another one has come from elsewhere. */
  readonly text: string;
  readonly places: readonly Place[];
}

const NOWHERE: Place = {
  displayName: '',
  locationType: 'default',
  uniqueIdType: 'unknown',
  address: {},
  coordinates: {},
};

/** `location` is the places' names as one, `locations` are the places. Setting either sets both. */
export const locationFields: readonly EventField[] = [
  field(
    'location',
    ({ item }) => firstOf(item),
    (draft, value, given) => {
      if (given.body['locations'] === undefined) place(draft, given, value === null ? [] : [value as Place]);
    },
  ),
  field(
    'locations',
    ({ item }) => placesOf(item),
    (draft, value, given) => place(draft, given, (value as Place[] | null) ?? []),
  ),
];

function place(draft: Draft, given: Given, places: readonly Place[]): void {
  const text = places.map(nameOf).filter(Boolean).join('; ');
  draft.location = text === '' ? undefined : text;
  const kept: Kept = { text, places };
  setOther(draft, given, LOCATIONS, text === '' ? undefined : JSON.stringify(kept));
}

function nameOf({ displayName }: Place): string {
  return typeof displayName === 'string' ? displayName : '';
}

function firstOf(item: CalendarItem): Place {
  const places = placesOf(item);
  const [first] = places;
  if (first === undefined) return NOWHERE;
  return places.length === 1 ? first : { ...first, displayName: item.location ?? '' };
}

function placesOf({ location, others }: CalendarItem): Place[] {
  if (location === undefined || location === '') return [];
  const text = others?.get(LOCATIONS);
  const kept = text === undefined ? undefined : (JSON.parse(text) as Kept);
  return (kept?.text === location ? kept.places : [{ displayName: location }]).map((known) => ({
    locationType: 'default',
    uniqueId: nameOf(known),
    uniqueIdType: 'private',
    ...known,
  }));
}
