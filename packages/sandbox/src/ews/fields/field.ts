import type { CalendarItem } from '../../calendar/item.js';
import type { Draft, MailboxCalendar } from '../../calendar/mailbox-calendar.js';
import type { Occurrence } from '../../calendar/occurrence.js';
import type { Zone } from '../../calendar/zone.js';
import type { Mailbox } from '../../directory/mailbox.js';
import type { XmlElement } from '../xml-element.js';

/** An item as somebody looks at it: itself, or one occurrence of its series. */
export interface View {
  readonly item: CalendarItem;
  readonly mailbox: Mailbox;
  readonly calendar: MailboxCalendar;
  /** Set for an occurrence; `item` is then the series with the occurrence's own content laid over it. */
  readonly occurrence: Occurrence | undefined;
  /** How bodies are wanted. */
  readonly bodyType: 'Best' | 'HTML' | 'Text';
}

/** What a request says about times, for those that carry no offset. */
export interface Zones {
  readonly start: Zone;
  readonly end: Zone;
}

/** What a property can be compared and sorted by; one with several values meets a condition if any of them does. */
export type Comparable = string | number | boolean | readonly string[] | undefined;

/** One property of an item: how it is written, read, cleared and compared. Which of these is missing is a fact of the protocol. */
export interface Field {
  /** What requests call it: `calendar:Start`. */
  readonly uri: string;
  /** The element's local name. */
  readonly element: string;
  /** The smallest shape that holds it; `asked` is in none and must be named. */
  readonly shape: 'id' | 'default' | 'all' | 'asked';
  /** False for what FindItem does not return: it reads the table of contents, not the items. */
  readonly found: boolean;
  /** The element, or an empty string where the item has none. */
  write(view: View): string;
  /** Absent for what clients may not set. */
  take?(draft: Draft, value: XmlElement, zones: Zones): void;
  /** Absent for what cannot be deleted. */
  clear?(draft: Draft): void;
  /** Absent for what cannot be searched or sorted by. */
  key?(view: View): Comparable;
}

type Options = Partial<Pick<Field, 'shape' | 'found' | 'take' | 'clear' | 'key'>>;

function build(uri: string, options: Options, rest: Pick<Field, 'write'> & Partial<Pick<Field, 'key'>>): Field {
  const element = uri.slice(uri.indexOf(':') + 1);
  return { uri, element, shape: 'all', found: true, ...options, ...rest };
}

/** A property written by hand. */
export function structured(uri: string, write: (view: View) => string, options: Options = {}): Field {
  return build(uri, options, { write });
}

/** A property that is one piece of text, escaped by `format`. */
export function scalar<T extends Comparable>(
  uri: string,
  get: (view: View) => T,
  format: (value: NonNullable<T>) => string,
  options: Options = {},
): Field {
  const name = `t:${uri.slice(uri.indexOf(':') + 1)}`;
  return build(uri, options, {
    write(view) {
      const value = get(view);
      return value === undefined || value === null ? '' : `<${name}>${format(value)}</${name}>`;
    },
    key: get,
  });
}
