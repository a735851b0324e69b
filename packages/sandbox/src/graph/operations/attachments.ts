import type { Attachment } from '../../calendar/item.js';
import type { GraphCall, GraphOperation } from '../call.js';
import { contextOf } from '../context.js';
import { parseFileId } from '../event-id.js';
import { type EventView, eventOf } from '../event-view.js';
import { attachmentJson } from '../fields/attachment.js';
import { fileOf } from '../file-of.js';
import { GraphError, itemNotFound } from '../graph-error.js';
import { unknownProperty } from '../query/comparable.js';
import { parseJson, readBody } from '../schema/read-body.js';

export const createAttachment: GraphOperation = (call) => {
  call.query.allow();
  const view = eventOf(call);
  if (view.occurrence !== undefined) {
    throw new GraphError(400, 'ErrorInvalidRequest', 'The sandbox attaches to events, not to occurrences.');
  }
  const file = readFile(call);
  view.calendar.setAttachments(view.stored, [...(view.stored.attachments ?? []), file]);
  const body = { ...context(call, '/$entity'), ...attachmentJson(view.mailbox, view.stored, file, true) };
  return { status: 201, body };
};

export const listAttachments: GraphOperation = (call) => {
  call.query.allow('$select');
  const view = eventOf(call);
  const value = (view.item.attachments ?? []).map((file) => selected(file, view, call));
  return { status: 200, body: { ...context(call, ''), value } };
};

export const getAttachment: GraphOperation = (call) => {
  call.query.allow('$select');
  const view = eventOf(call);
  return { status: 200, body: { ...context(call, '/$entity'), ...selected(find(view, call), view, call) } };
};

export const deleteAttachment: GraphOperation = (call) => {
  call.query.allow();
  const view = eventOf(call);
  const gone = find(view, call);
  view.calendar.setAttachments(
    view.stored,
    (view.stored.attachments ?? []).filter((file) => file !== gone),
  );
  return { status: 204 };
};

/** A file with the properties that `$select` names; its id and its type come whatever is selected. */
function selected(file: Attachment, { mailbox, stored }: EventView, { query }: GraphCall): Record<string, unknown> {
  const json = attachmentJson(mailbox, stored, file, true);
  const names = query
    .get('$select')
    ?.split(',')
    .map((name) => name.trim());
  if (names === undefined) return json;
  for (const name of names) if (!Object.hasOwn(json, name)) throw unknownProperty(name, 'attachment');
  const wanted = new Set(['@odata.type', '@odata.mediaContentType', 'id', ...names]);
  return Object.fromEntries(Object.entries(json).filter(([name]) => wanted.has(name)));
}

function readFile(call: GraphCall): Attachment {
  const type = (parseJson(call.request.body) as Readonly<Record<string, unknown>>)['@odata.type'];
  if (type !== '#microsoft.graph.fileAttachment') {
    const text = `The sandbox keeps '#microsoft.graph.fileAttachment'; '${String(type)}' cannot be attached.`;
    throw new GraphError(400, 'ErrorInvalidRequest', text);
  }
  return fileOf(readBody(call.request.body, 'fileAttachment'), call);
}

function find({ stored, mailbox }: EventView, { parameters }: GraphCall): Attachment {
  const number = parseFileId(mailbox, parameters['attachment'] ?? '');
  const file = stored.attachments?.find((each) => each.number === number);
  if (file === undefined) throw itemNotFound();
  return file;
}

function context(call: GraphCall, end: string) {
  return contextOf(call, `events('${call.parameters['event'] ?? ''}')/attachments${end}`);
}
