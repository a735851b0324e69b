import { availabilityTypes } from './availability-types.js';
import { itemTypes } from './item-types.js';
import { MESSAGES, TYPES } from '../namespaces.js';
import { type ElementType, linesOf, parseType } from './notation.js';
import { headerElements, referenceTypes } from './reference-types.js';
import { requestTypes } from './request-types.js';
import { isSimple, simpleType } from './simple-types.js';
import { timeTypes } from './time-types.js';

/** What is not looked into: parts of items that the sandbox does not keep. */
const ANYTHING = 'Anything';

const ofTypes = linesOf(itemTypes + timeTypes + referenceTypes + availabilityTypes);
const ofMessages = linesOf(requestTypes);
const parsed = new Map<string, ElementType>();

/** The type of that name, read when it is first needed. Simple types are text without attributes. */
function typeOf(name: string): ElementType {
  let type = parsed.get(name);
  if (type === undefined) parsed.set(name, (type = read(name)));
  return type;
}

/** The type of an element of the body: a request. Undefined if the operation is not served. */
export function requestType(name: string): ElementType | undefined {
  return name.startsWith('m:') && ofMessages.has(name.slice(2)) ? typeOf(name.slice(2)) : undefined;
}

/** SOAP's own attributes of header blocks. They may stand nowhere else. */
const SOAP_ATTRIBUTES: ElementType['attributes'] = new Map(
  [
    { name: 's:mustUnderstand', type: simpleType('boolean'), required: false },
    { name: 's:actor', type: simpleType('string'), required: false },
    { name: 's:encodingStyle', type: simpleType('string'), required: false },
  ].map((rule) => [rule.name, rule]),
);

const headerTypes = new Map<string, ElementType>();

/** The type of an element of the header; undefined if it is unknown. */
export function headerType(name: string): ElementType | undefined {
  const known = headerTypes.get(name);
  const typeName = headerElements[name];
  if (known !== undefined || typeName === undefined) return known;
  const type = typeOf(typeName);
  const made = { ...type, attributes: new Map([...type.attributes, ...SOAP_ATTRIBUTES]) };
  headerTypes.set(name, made);
  return made;
}

function lookedInto(name: string): ElementType | undefined {
  return name === ANYTHING ? undefined : typeOf(name);
}

function read(name: string): ElementType {
  if (isSimple(name)) {
    const text = simpleType(name);
    return { name: `{${text.namespace}}${name}`, attributes: new Map(), content: [], places: undefined, text };
  }
  const message = ofMessages.get(name);
  if (message !== undefined) {
    const typeName = name.endsWith('Type') ? name : `${name}Type`;
    return parseType(`{${MESSAGES}}${typeName}`, message, 'm:', ofMessages, lookedInto);
  }
  const line = ofTypes.get(name);
  if (line === undefined) throw new Error(`the grammar has no type ${name}`);
  return parseType(`{${TYPES}}${name}`, line, 't:', ofTypes, lookedInto);
}
