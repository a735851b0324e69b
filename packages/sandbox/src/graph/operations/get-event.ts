import type { GraphOperation } from '../call.js';
import { contextOf } from '../context.js';
import { eventJson, readShape } from '../event-json.js';
import { eventOf } from '../event-view.js';

export const getEvent: GraphOperation = (call) => {
  call.query.allow('$select', '$expand');
  const shape = readShape(call);
  return { status: 200, body: { ...contextOf(call, 'events/$entity'), ...eventJson(eventOf(call), shape) } };
};
