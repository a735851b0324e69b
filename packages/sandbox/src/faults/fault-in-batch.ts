import { ItemError } from '../ews/fault.js';
import { envelope, eachOf } from '../ews/response.js';
import { XmlElement } from '../ews/xml-element.js';
import type { Answer } from '../http/answer.js';
import { type Asked, XML, batchOf } from './fault-answer.js';
import type { ErrorFault } from './fault-rule.js';

const MESSAGES = /<m:ResponseMessages>([^]*)<\/m:ResponseMessages>/;

/**
 * One part of a batch fails and its neighbours are carried out, one after another; those after it are stopped if the
 * code is one that stops a batch.
 *
 * @param carryOut carries out a request with some of the parts
 * @param fail what becomes of the failing part before its error is answered
 * @returns undefined where the batch has no such part
 */
export function failOnePart(
  rule: ErrorFault,
  asked: Asked,
  carryOut: (body: XmlElement) => Answer,
  fail: (body: XmlElement) => void,
): Answer | undefined {
  const { parts, container, empty } = batchOf(asked);
  const failing = parts[(rule.part ?? 1) - 1];
  if (failing === undefined || container === undefined) return undefined;
  const messages = eachOf(parts, `${asked.operation}ResponseMessage`, empty, (part) => {
    const alone = withPart(asked.body, container, part);
    if (part !== failing) return messageIn(carryOut(alone));
    fail(alone);
    throw new ItemError(rule.code, rule.message ?? 'The operation failed.');
  });
  return { status: 200, headers: XML, body: envelope(asked.operation, messages) };
}

/** The request as if it had come with one part only. */
function withPart(body: XmlElement, container: XmlElement, part: XmlElement): XmlElement {
  const copy = new XmlElement(body.name, body.attributes, body.start);
  for (const child of body.children) {
    if (child !== container) {
      copy.append(child);
      continue;
    }
    const single = new XmlElement(child.name, child.attributes, child.start);
    single.append(part);
    copy.append(single);
  }
  return copy;
}

function messageIn(answer: Answer): string {
  const [, message] = MESSAGES.exec(answer.body) ?? [];
  if (message === undefined) throw new ItemError('ErrorInternalServerError', 'An internal server error occurred.');
  return message;
}
