import type { ElementType, Particle } from './grammar/notation.js';
import type { SimpleType } from './grammar/simple-types.js';
import { localNameOf, namespaceOf } from './namespaces.js';
import type { XmlElement } from './xml-element.js';

/** A request breaks the grammar. The text is worded like .NET's schema validator, which Exchange lets clients see. */
export class Violation extends Error {
  constructor(
    message: string,
    readonly element: XmlElement,
    /** Found only when the element ended. */
    readonly isAtEnd: boolean,
  ) {
    super(message);
    this.name = 'Violation';
  }
}

/** Checks an element and all in it: names, order, number, values, attributes. @throws Violation for the first that is wrong */
export function validate(element: XmlElement, type: ElementType): void {
  checkAttributes(element, type);
  if (type.text !== undefined) {
    checkText(element, type.text);
    return;
  }
  let match = new Match(element.children, false);
  if (type.places === undefined) match.sequence(type.content);
  else match.leaps(type.content, type.places);
  // Children are judged in their order, before what is missing after them.
  for (let at = 0; at < match.at; at += 1) {
    const child = element.children[at];
    const childType = match.types[at];
    if (child !== undefined && childType !== undefined) validate(child, childType);
  }
  if (match.isComplete && match.at === element.children.length && element.text.trim() === '') return;
  // What could have come instead is only worked out for the message.
  match = new Match(element.children, true);
  match.sequence(type.content);
  const extra = element.children[match.at];
  if (extra !== undefined) throw new Violation(invalidChild(element, extra, match.expected), extra, false);
  const text = element.text.trim() === '' ? 'has incomplete content' : 'cannot contain text';
  throw new Violation(
    `The element ${quoted(element.name)} ${text}.${list(match.expected)}`,
    element,
    !match.isComplete,
  );
}

/** Lays children along a content model. EWS's models are deterministic: the next name decides. */
class Match {
  at = 0;
  isComplete = true;
  /** What could have come where the match stands. */
  expected: string[] = [];
  /** The children's types, as far as they match. */
  readonly types: (ElementType | undefined)[] = [];

  constructor(
    private readonly children: readonly XmlElement[],
    private readonly isForMessage: boolean,
  ) {}

  sequence(parts: readonly Particle[]): void {
    for (const part of parts) {
      this.repeated(part);
      if (!this.isComplete) return;
    }
  }

  /** A sequence of which most parts are left out: each child says where it is. */
  leaps(parts: readonly Particle[], places: ReadonlyMap<string, number>): void {
    let from = 0;
    for (;;) {
      const place = places.get(this.next()) ?? -1;
      const part = parts[place];
      if (part === undefined || place < from) return;
      this.repeated(part);
      from = place + 1;
    }
  }

  /** The name of the child that the match has come to; empty behind the last. */
  private next(): string {
    return this.children[this.at]?.name ?? '';
  }

  private repeated(part: Particle): void {
    let count = 0;
    while (count < part.max && this.begins(part)) {
      this.one(part);
      if (!this.isComplete) return;
      count += 1;
    }
    if (count < part.min) this.isComplete = false;
  }

  private begins(part: Particle): boolean {
    const name = this.next();
    const begins = name !== '' && (part.kind === 'element' ? part.name === name : part.first.has(name));
    if (!begins && this.isForMessage) this.expected.push(...(part.kind === 'element' ? [part.name] : part.first));
    return begins;
  }

  private one(part: Particle): void {
    if (part.kind === 'element') {
      this.types.push(part.type());
      this.at += 1;
      if (this.isForMessage) this.expected = [];
    } else if (part.kind === 'sequence') {
      this.sequence(part.parts);
    } else {
      const name = this.next();
      const chosen = part.parts.find((each) => (each.kind === 'element' ? each.name === name : each.first.has(name)));
      if (chosen !== undefined) this.repeated(chosen);
    }
  }
}

function checkAttributes(element: XmlElement, type: ElementType): void {
  if (element.attributes === undefined && type.attributes.size === 0) return;
  for (const [name, value] of element.attributes ?? []) {
    const wrong = name.startsWith('xsi:') ? wrongInstance(name, value, type) : wrongAttribute(name, value, type);
    if (wrong !== undefined) throw new Violation(wrong, element, false);
  }
  for (const rule of type.attributes.values()) {
    if (rule.required && element.attribute(rule.name) === undefined) {
      throw new Violation(`The required attribute '${rule.name}' is missing.`, element, false);
    }
  }
}

function wrongAttribute(name: string, value: string, type: ElementType): string | undefined {
  const rule = type.attributes.get(name);
  if (rule === undefined) return notDeclared(name);
  const wrong = rule.type.check(value);
  return wrong && `The '${name}' attribute is invalid - ${invalidValue(value, rule.type, wrong)}`;
}

/** What XML Schema lets every element say about itself. Nothing in a request is nillable. */
function wrongInstance(name: string, value: string, type: ElementType): string | undefined {
  switch (name) {
    case 'xsi:type':
      return value === type.name ? undefined : `This is an invalid xsi:type '${value.replace(/^{(.*)}/, '$1:')}'.`;
    case 'xsi:nil':
      return "If the 'nillable' attribute is false in the schema, the 'xsi:nil' attribute must not be present.";
    case 'xsi:schemaLocation':
    case 'xsi:noNamespaceSchemaLocation':
      return undefined;
    default:
      return notDeclared(name);
  }
}

function notDeclared(name: string): string {
  const full = name.includes(':') ? `${namespaceOf(name)}:${localNameOf(name)}` : name;
  return `The '${full}' attribute is not declared.`;
}

function checkText(element: XmlElement, type: SimpleType): void {
  const [child] = element.children;
  if (child !== undefined) {
    const text =
      `The element ${quoted(element.name)} cannot contain child element ${quoted(child.name)} because the parent ` +
      `element's content model is text only.`;
    throw new Violation(text, child, false);
  }
  const wrong = type.check(element.text);
  if (wrong === undefined) return;
  const name = `${namespaceOf(element.name)}:${element.localName}`;
  throw new Violation(`The '${name}' element is invalid - ${invalidValue(element.text, type, wrong)}`, element, true);
}

function invalidValue(value: string, { namespace, name }: SimpleType, reason: string): string {
  return `The value '${value}' is invalid according to its datatype '${namespace}:${name}' - ${reason}`;
}

function invalidChild(parent: XmlElement, child: XmlElement, expected: readonly string[]): string {
  return `The element ${quoted(parent.name)} has invalid child element ${quoted(child.name)}.${list(expected)}`;
}

function quoted(name: string): string {
  return `'${localNameOf(name)}' in namespace '${namespaceOf(name)}'`;
}

function list(expected: readonly string[]): string {
  const [first] = expected;
  if (first === undefined) return '';
  const names = [...new Set(expected)].map(localNameOf).join(', ');
  return ` List of possible elements expected: '${names}' in namespace '${namespaceOf(first)}'.`;
}
