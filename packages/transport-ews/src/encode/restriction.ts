import { element, type Xml } from './element.js';
import { fieldPath } from './field-path.js';

/** A property that is equal to a text: element IsEqualTo. */
export function isEqualTo(path: Xml, value: string): Xml {
  return element('t:IsEqualTo', {}, path, element('t:FieldURIOrConstant', {}, constant(value)));
}

/** A property that begins with a text, in any case: element Contains. */
export function beginsWith(uri: string, value: string): Xml {
  const mode = { ContainmentMode: 'Prefixed', ContainmentComparison: 'IgnoreCase' };
  return element('t:Contains', mode, fieldPath(uri), constant(value));
}

/** One of several conditions: element Or, which takes at least two. */
export function anyOf(conditions: readonly Xml[]): Xml {
  const [only, another] = conditions;
  return only !== undefined && another === undefined ? only : element('t:Or', {}, ...conditions);
}

function constant(value: string): Xml {
  return element('t:Constant', { Value: value });
}
