import type { CalendarItem } from './item.js';
import type { PropertyName } from './property-name.js';

type Matches = CalendarItem | Set<CalendarItem>;

/**
 * Items by the value of a custom property. A property is indexed from its first search on: most never are, and a small
 * calendar is scanned as fast.
 */
export class PropertyIndex {
  private readonly properties = new Map<PropertyName, Map<string, Matches>>();

  find(name: PropertyName, value: string, everything: () => Iterable<CalendarItem>): readonly CalendarItem[] {
    let values = this.properties.get(name);
    if (values === undefined) {
      this.properties.set(name, (values = new Map()));
      for (const item of everything()) put(values, item, name);
    }
    const matches = values.get(value);
    if (matches === undefined) return [];
    return matches instanceof Set ? [...matches] : [matches];
  }

  add(item: CalendarItem): void {
    for (const [name, values] of this.properties) put(values, item, name);
  }

  remove(item: CalendarItem): void {
    for (const [name, values] of this.properties) {
      const value = item.properties?.get(name);
      if (typeof value !== 'string') continue;
      const matches = values.get(value);
      if (matches instanceof Set) matches.delete(item);
      else if (matches === item) values.delete(value);
    }
  }
}

function put(values: Map<string, Matches>, item: CalendarItem, name: PropertyName): void {
  const value = item.properties?.get(name);
  if (typeof value !== 'string') return;
  const matches = values.get(value);
  if (matches === undefined) values.set(value, item);
  else if (matches instanceof Set) matches.add(item);
  else if (matches !== item) values.set(value, new Set([matches, item]));
}
