import { eventProperty } from '../schema/body-types.js';
import { unknownProperty } from './comparable.js';

/** The properties that `$select` names; undefined where all are wanted. @throws GraphError RequestBroker--ParseUri */
export function readSelect(text: string | undefined): ReadonlySet<string> | undefined {
  if (text === undefined || text.trim() === '') return undefined;
  return new Set(
    text.split(',').map((part) => {
      const [name = ''] = part.trim().split('/');
      const property = eventProperty(name);
      if (property === undefined) throw unknownProperty(name);
      return property;
    }),
  );
}
