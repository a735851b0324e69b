import type { CalendarItem } from '../../calendar/item.js';
import type { View } from '../fields/field.js';
import { itemIdXml } from '../fields/item-fields.js';
import { layoutOf } from '../fields/layouts.js';

/** Items by their ids alone, each in its own element: what an operation has touched. */
export function idsOf(view: View, items: readonly (CalendarItem | undefined)[]): string {
  return items
    .filter((item) => item !== undefined)
    .map((item) => {
      const { element } = layoutOf(item);
      return `<${element}>${itemIdXml({ ...view, item, occurrence: undefined })}</${element}>`;
    })
    .join('');
}
