import type { ResponseMessage, SoapAnswer } from './soap-answer.js';
import { within, type XmlElement } from './xml-tree.js';

/** What ids are made of. None of it means anything to XML. */
const ID = /^[\w+/=-]+$/;

/** The ids of an item, as they are written. */
interface Ids {
  readonly id: string;
  readonly changeKey: string;
}

/** What stands before the id, between the id and the change key, and behind that. */
interface Surroundings {
  readonly before: Buffer;
  readonly between: string;
  readonly behind: Buffer;
}

/**
 * An answer that says that one item was saved. As a rule the next one is the same but for the ids: then it need not be
 * read, which would take longer than all else that is done with an answer.
 */
export class SavedAnswer {
  readonly #header: XmlElement | undefined;
  readonly #message: ResponseMessage;
  readonly #around: Surroundings;

  private constructor(header: XmlElement | undefined, message: ResponseMessage, around: Surroundings) {
    this.#header = header;
    this.#message = { ...message, element: plain(message.element) };
    this.#around = around;
  }

  /** @returns undefined where an answer says something else, or says it differently */
  static of(answer: SoapAnswer, body: Buffer): SavedAnswer | undefined {
    if (answer.kind !== 'messages' || answer.messages.length !== 1) return undefined;
    const [message] = answer.messages as readonly [ResponseMessage];
    const ids = message.success ? idsIn(message.element) : undefined;
    const around = ids && textAround(ids, body);
    return around && new SavedAnswer(answer.header, message, around);
  }

  /** What an answer says that differs from this one in the ids alone. @returns undefined for others */
  read(body: Buffer): SoapAnswer | undefined {
    const { before, between, behind } = this.#around;
    const to = body.length - behind.length;
    if (to < before.length || !isAt(body, 0, before) || !isAt(body, to, behind)) return undefined;
    const ids = body.toString('latin1', before.length, to);
    const at = ids.indexOf(between);
    if (at < 0) return undefined;
    const id = ids.slice(0, at);
    const changeKey = ids.slice(at + between.length);
    return ID.test(id) && ID.test(changeKey) ? this.#with({ id, changeKey }) : undefined;
  }

  #with(ids: Ids): SoapAnswer {
    const { success, details, element } = this.#message;
    return { kind: 'messages', header: this.#header, messages: [{ success, details, element: withIds(element, ids) }] };
  }
}

/** Of a message that tells of one item, and of that nothing but its ids. */
function idsIn(message: XmlElement): Ids | undefined {
  const [itemId, ...others] = [...within(message)].filter(({ name }) => name === 'ItemId');
  const { Id: id = '', ChangeKey: changeKey = '', ...rest } = itemId?.attributes ?? {};
  const isAll = others.length + Object.keys(rest).length === 0;
  return isAll && ID.test(id) && ID.test(changeKey) ? { id, changeKey } : undefined;
}

function textAround({ id, changeKey }: Ids, body: Buffer): Surroundings | undefined {
  const [from, keyFrom] = [onlyPlaceOf('Id', id, body), onlyPlaceOf('ChangeKey', changeKey, body)];
  if (from === undefined || keyFrom === undefined || keyFrom < from) return undefined;
  return {
    before: Buffer.from(body.subarray(0, from)),
    between: body.toString('latin1', from + id.length, keyFrom),
    behind: Buffer.from(body.subarray(keyFrom + changeKey.length)),
  };
}

/** Where it is written as it is, and nowhere else: an id may also be written with references, and stand elsewhere. */
function onlyPlaceOf(attribute: string, id: string, body: Buffer): number | undefined {
  const place = body.indexOf(id);
  const isValue = body.toString('latin1', Math.max(place - attribute.length - 3, 0), place) === ` ${attribute}="`;
  return isValue && body.lastIndexOf(id) === place ? place : undefined;
}

function isAt(body: Buffer, place: number, part: Buffer): boolean {
  return part.compare(body, place, place + part.length) === 0;
}

/** With attributes that are read already. */
function plain({ name, attributes, children, text }: XmlElement): XmlElement {
  return { name, attributes, children: children.map(plain), text };
}

function withIds(element: XmlElement, ids: Ids): XmlElement {
  const { name, attributes, children, text } = element;
  if (name === 'ItemId') return { name, attributes: { Id: ids.id, ChangeKey: ids.changeKey }, children, text };
  if (children.length === 0) return element;
  return { name, attributes, children: children.map((one) => withIds(one, ids)), text };
}
