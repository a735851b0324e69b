import { child, parseXml, within, type XmlElement } from './xml-tree.js';

/** What the server said of one item, or of the whole request. */
export interface Verdict {
  readonly success: boolean;
  /** Element ResponseCode: `NoError`, `ErrorServerBusy`, …; absent where a fault has none. */
  readonly code?: string;
  readonly message?: string;
  /** Element MessageXml: its Value elements by name, and further elements such as an inner code. */
  readonly details: ReadonlyMap<string, string>;
}

/** One response message of an operation. */
export interface ResponseMessage extends Verdict {
  readonly element: XmlElement;
}

/** A SOAP response: the response messages of an operation, or a fault. */
export type SoapAnswer =
  | {
      readonly kind: 'messages';
      readonly messages: readonly ResponseMessage[];
      readonly header: XmlElement | undefined;
    }
  | { readonly kind: 'fault'; readonly fault: Verdict };

/**
 * Reads a SOAP response.
 * @returns undefined if it is none: HTML, a part of one, anything else
 */
export function readSoap(body: string): SoapAnswer | undefined {
  const envelope = envelopeOf(body);
  const soapBody = child(envelope, 'Body');
  const [operation] = soapBody?.children ?? [];
  if (operation === undefined) return undefined;
  if (operation.name === 'Fault') return { kind: 'fault', fault: readFault(operation) };
  const header = child(envelope, 'Header');
  const messages = child(operation, 'ResponseMessages');
  if (messages !== undefined) return { kind: 'messages', messages: messages.children.map(readMessage), header };
  // Of some operations, such as GetRoomLists, the response is the one message.
  const isMessage = operation.attributes['ResponseClass'] !== undefined;
  return isMessage ? { kind: 'messages', messages: [readMessage(operation)], header } : undefined;
}

function envelopeOf(body: string): XmlElement | undefined {
  try {
    const root = parseXml(body);
    return root.name === 'Envelope' ? root : undefined;
  } catch {
    // Not XML, or not all of it: the caller is told by `undefined`, and keeps the HTTP status.
    return undefined;
  }
}

/** A warning, with all the results that there are. */
const SEVERAL_NAMES = 'ErrorNameResolutionMultipleResults';

function readMessage(element: XmlElement): ResponseMessage {
  const code = child(element, 'ResponseCode')?.text;
  const success = element.attributes['ResponseClass'] === 'Success' || code?.trim() === SEVERAL_NAMES;
  if (success) return { element, success, details: NO_DETAILS };
  return {
    element,
    success,
    ...optional('code', code),
    ...optional('message', child(element, 'MessageText')?.text),
    details: readDetails(child(element, 'MessageXml')),
  };
}

function readFault(fault: XmlElement): Verdict {
  const detail = child(fault, 'detail');
  const text = child(fault, 'faultstring')?.text;
  const code = child(detail, 'ResponseCode')?.text ?? codeIn(child(fault, 'faultcode')?.text) ?? codeBehind(text);
  return {
    success: false,
    ...optional('code', code),
    ...optional('message', child(detail, 'Message')?.text ?? text),
    details: readDetails(child(detail, 'MessageXml')),
  };
}

/** Some servers name the error only in the fault code: `a:ErrorServerBusy`. */
function codeIn(faultCode: string | undefined): string | undefined {
  const name = faultCode?.slice(faultCode.indexOf(':') + 1).trim();
  return name !== undefined && /^Error[A-Za-z0-9]+$/.test(name) ? name : undefined;
}

/** What gromox (grommunio) says of impersonation in a number of its own, before it does anything. */
const NUMBERED: Readonly<Record<string, string>> = {
  'E-3007': 'ErrorCannotFindUser',
  'E-3330': 'ErrorCannotFindUser',
  'E-3243': 'ErrorImpersonateUserDenied',
};

function codeBehind(faultString: string | undefined): string | undefined {
  const [number = ''] = /^E-\d{4}(?=:)/.exec(faultString?.trim() ?? '') ?? [];
  return NUMBERED[number];
}

const NO_DETAILS: ReadonlyMap<string, string> = new Map();

function readDetails(messageXml: XmlElement | undefined): ReadonlyMap<string, string> {
  if (messageXml === undefined) return NO_DETAILS;
  const details = new Map<string, string>();
  for (const { name, attributes, text } of within(messageXml)) {
    if (text.trim() !== '') details.set(attributes['Name'] ?? name, text.trim());
  }
  return details;
}

function optional<K extends string>(name: K, value: string | undefined): { readonly [P in K]?: string } {
  const text = value?.trim();
  return text === undefined || text === '' ? {} : ({ [name]: text } as { readonly [P in K]: string });
}
