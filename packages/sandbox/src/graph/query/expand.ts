import type { PropertyName } from '../../calendar/property-name.js';
import { propertyNamed } from '../fields/extended-property.js';
import { GraphError } from '../graph-error.js';
import { eventProperty } from '../schema/body-types.js';
import { unknownProperty } from './comparable.js';
import { Tokens } from './tokens.js';

/** What comes with an event because `$expand` names it. */
export interface Expansion {
  /** Custom properties with one value. */
  readonly single: readonly PropertyName[];
  /** Custom properties with a list of values. */
  readonly multiple: readonly PropertyName[];
  readonly attachments: boolean;
}

/** @throws GraphError for what cannot be expanded, and for custom properties without a filter */
export function readExpand(text: string | undefined): Expansion {
  const expansion = { single: [] as PropertyName[], multiple: [] as PropertyName[], attachments: false };
  if (text === undefined) return expansion;
  const tokens = new Tokens(text, 'expand');
  do {
    const name = tokens.take('word');
    switch (eventProperty(name)) {
      case 'singleValueExtendedProperties':
        expansion.single.push(...filteredIds(tokens, name));
        break;
      case 'multiValueExtendedProperties':
        expansion.multiple.push(...filteredIds(tokens, name));
        break;
      case 'attachments':
        expansion.attachments = true;
        break;
      case undefined:
        throw unknownProperty(name);
      default:
        throw new GraphError(400, 'BadRequest', `The property '${name}' cannot be used in the $expand query option.`);
    }
  } while (tokens.takeIf(','));
  if (!tokens.isAtEnd) throw tokens.unexpected();
  return expansion;
}

/** `($filter=id eq '…' or id eq '…')` */
function filteredIds(tokens: Tokens, name: string): PropertyName[] {
  if (!tokens.takeIf('(')) {
    const text = `Expanding ${name} requires a $filter on the id of the extended properties.`;
    throw new GraphError(400, 'ErrorInvalidRequest', text);
  }
  tokens.expect('$filter', '=');
  const names: PropertyName[] = [];
  do {
    tokens.expect('id', 'eq');
    names.push(propertyNamed(tokens.take('string')));
  } while (tokens.takeIf('or'));
  tokens.expect(')');
  return names;
}
