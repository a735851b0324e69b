import type { EventView } from '../event-view.js';
import { GraphError } from '../graph-error.js';
import { comparable } from './comparable.js';

/** Compares events as `$orderby` says: `start/dateTime desc,subject`. @throws GraphError */
export function readOrder(text: string): (a: EventView, b: EventView) => number {
  const keys = text.split(',').map((part) => {
    const [path = '', direction = 'asc', ...rest] = part.trim().split(/\s+/);
    const key = comparable(path);
    if (!/^(asc|desc)$/i.test(direction) || rest.length > 0) {
      throw new GraphError(400, 'BadRequest', `Invalid orderby clause: Syntax error in '${part.trim()}'.`);
    }
    if (key === undefined) {
      const reason = `The property '${path}' cannot be used in the $orderby query option.`;
      throw new GraphError(400, 'BadRequest', `The query specified in the URI is not valid. ${reason}`);
    }
    return { key, sign: direction.toLowerCase() === 'desc' ? -1 : 1 };
  });
  return (a, b) => {
    for (const { key, sign } of keys) {
      const [left, right] = [key.read(a), key.read(b)];
      if (left !== right) return left < right ? -sign : sign;
    }
    return 0;
  };
}
