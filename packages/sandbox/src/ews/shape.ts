import { propertyName, propertyXml, valueOf } from './fields/extended-property.js';
import type { Field, View } from './fields/field.js';
import { fieldByUri } from './fields/fields.js';
import { type Layout, layoutOf } from './fields/layouts.js';
import type { XmlElement } from './xml-element.js';

interface Extended {
  readonly uri: XmlElement;
  readonly name: string;
}

/** Which properties of an item somebody wants, as ItemShape says. */
export interface Shape {
  /** Of an item of that layout. */
  readonly fields: (layout: Layout) => Pick<Layout, 'before' | 'after'>;
  readonly extended: readonly Extended[];
  readonly bodyType: View['bodyType'];
}

const RANK = { id: 0, default: 1, all: 2, asked: 3 } as const;
const BASE: Readonly<Record<string, number>> = { IdOnly: RANK.id, Default: RANK.default, AllProperties: RANK.all };

/**
 * @param isFound for FindItem, which reads the folder's table: bodies, attendees and recurrences are not in it
 * @throws ItemError ErrorInvalidExtendedProperty
 */
export function readShape(shape: XmlElement, isFound: boolean): Shape {
  const rank = BASE[shape.value('t:BaseShape') ?? 'IdOnly'] ?? RANK.id;
  const asked = new Set<Field>();
  const extended: Extended[] = [];
  for (const path of shape.child('t:AdditionalProperties')?.children ?? []) {
    if (path.name === 't:ExtendedFieldURI') extended.push({ uri: path, name: propertyName(path) });
    const field = fieldByUri(path.attribute('FieldURI') ?? '');
    if (field !== undefined) asked.add(field);
  }
  const isWanted = (field: Field) => (RANK[field.shape] <= rank || asked.has(field)) && (field.found || !isFound);
  const bodyType = shape.value('t:BodyType');
  return {
    fields: remembered(({ before, after }) => ({ before: before.filter(isWanted), after: after.filter(isWanted) })),
    extended,
    bodyType: bodyType === 'HTML' || bodyType === 'Text' ? bodyType : 'Best',
  };
}

/** A folder may hold many items of few layouts. */
function remembered<T>(make: (layout: Layout) => T): (layout: Layout) => T {
  const made = new Map<Layout, T>();
  return (layout) => {
    let known = made.get(layout);
    if (known === undefined) made.set(layout, (known = make(layout)));
    return known;
  };
}

/** `<t:CalendarItem>`, or the element that mail has, with what the shape asks for. */
export function itemXml(view: View, shape: Shape): string {
  const layout = layoutOf(view.item);
  const { before, after } = shape.fields(layout);
  let xml = `<${layout.element}>`;
  for (const field of before) xml += field.write(view);
  for (const { uri, name } of shape.extended) {
    const value = valueOf(view.item, name);
    if (value !== undefined) xml += propertyXml(uri, value);
  }
  for (const field of after) xml += field.write(view);
  return `${xml}</${layout.element}>`;
}
