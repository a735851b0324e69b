import { ItemError, SoapFault, faultEnvelope, messageValue } from '../ews/fault.js';
import { eachOf, envelope } from '../ews/response.js';
import type { XmlElement } from '../ews/xml-element.js';
import type { Answer } from '../http/answer.js';
import type { BusyFault, ErrorFault, StatusFault } from './fault-rule.js';

export const XML: Answer['headers'] = { 'content-type': 'text/xml; charset=utf-8' };
const BUSY = 'The server cannot service this request right now. Try again later.';

/** What a request's batch is in, and what the schema wants in a response message even of a failed part. */
const BATCHES: Readonly<Record<string, readonly [parts: string, empty: string]>> = {
  CreateItem: ['m:Items', '<m:Items/>'],
  GetItem: ['m:ItemIds', '<m:Items/>'],
  UpdateItem: ['m:ItemChanges', '<m:Items/>'],
  DeleteItem: ['m:ItemIds', ''],
  MoveItem: ['m:ItemIds', '<m:Items/>'],
  CopyItem: ['m:ItemIds', '<m:Items/>'],
  FindItem: ['m:ParentFolderIds', ''],
  FindFolder: ['m:ParentFolderIds', ''],
  GetFolder: ['m:FolderIds', '<m:Folders/>'],
  ConvertId: ['m:SourceIds', ''],
  // No batch: it is answered as one.
  GetServerTimeZones: ['', '<m:TimeZoneDefinitions/>'],
  CreateAttachment: ['m:Attachments', '<m:Attachments/>'],
  GetAttachment: ['m:AttachmentIds', '<m:Attachments/>'],
  DeleteAttachment: ['m:AttachmentIds', ''],
};

/** The request as far as an answer must know it. */
export interface Asked {
  readonly operation: string;
  readonly body: XmlElement;
}

export function busyAnswer(rule: Omit<BusyFault, 'fault'>, asked: Asked): Answer {
  const backOff = rule.backOffMs === undefined ? '' : messageValue('BackOffMilliseconds', String(rule.backOffMs));
  if (rule.as === 'message') return inMessages(new ItemError('ErrorServerBusy', BUSY, backOff), asked);
  if (rule.as === 'inner') {
    const inner =
      messageValue('InnerErrorMessageText', BUSY) +
      messageValue('InnerErrorResponseCode', 'ErrorServerBusy') +
      messageValue('InnerErrorDescriptiveLinkKey', '0');
    const text = 'An internal server error occurred. The operation failed.';
    return inMessages(new ItemError('ErrorInternalServerError', text, inner + backOff), asked);
  }
  return inFault(new SoapFault('ErrorServerBusy', BUSY, backOff), rule.status);
}

export function errorAnswer(rule: Omit<ErrorFault, 'fault'>, asked: Asked): Answer {
  const text = rule.message ?? 'The operation failed.';
  if (rule.as === 'fault') return inFault(new SoapFault(rule.code, text), rule.status);
  return inMessages(new ItemError(rule.code, text), asked);
}

export function tooManyConnections(): Answer {
  const text =
    'You have exceeded the available concurrent connections for your account. Try again once your other requests ' +
    'have completed.';
  return inFault(new SoapFault('ErrorExceededConnectionCount', text), undefined);
}

const HTML =
  '<!DOCTYPE html><html><head><title>Service Unavailable</title></head><body><h2>Service Unavailable</h2></body></html>';

export function statusAnswer(rule: StatusFault): Answer {
  const [type, body] = bodyOf(rule.body ?? 'empty');
  const headers: Record<string, string> = {};
  if (type !== '') headers['content-type'] = type;
  if (rule.retryAfter !== undefined) headers['retry-after'] = String(rule.retryAfter);
  if (rule.status === 401) headers['www-authenticate'] = 'Basic realm="Exchange"';
  return { status: rule.status, headers, body };
}

function bodyOf(kind: NonNullable<StatusFault['body']>): [type: string, body: string] {
  if (kind === 'empty') return ['', ''];
  if (kind === 'html') return ['text/html; charset=utf-8', HTML];
  if (kind === 'text') return ['text/plain', 'The service is unavailable.'];
  const whole = faultEnvelope(new SoapFault('ErrorInternalServerError', 'An internal server error occurred.'));
  return ['text/xml; charset=utf-8', whole.slice(0, Math.floor(whole.length / 2))];
}

function inFault(fault: SoapFault, status: number | undefined): Answer {
  return { status: status ?? 500, headers: XML, body: faultEnvelope(fault) };
}

/** Every part of the batch fails alike; codes that stop a batch stop this one after its first part. */
function inMessages(error: ItemError, asked: Asked): Answer {
  // The one operation whose answer has no response messages.
  if (asked.operation === 'GetUserAvailability') return inFault(new SoapFault(error.code, error.message), undefined);
  const { parts, empty } = batchOf(asked);
  const messages = eachOf(parts, `${asked.operation}ResponseMessage`, empty, () => {
    throw error;
  });
  return { status: 200, headers: XML, body: envelope(asked.operation, messages) };
}

/** The parts of a request, each of which gets a response message; the request itself where it is no batch. */
export function batchOf({ operation, body }: Asked): {
  parts: readonly XmlElement[];
  container: XmlElement | undefined;
  empty: string;
} {
  const [name, empty] = BATCHES[operation] ?? ['', ''];
  const container = body.child(name);
  return { parts: container?.children ?? [body], container, empty };
}
