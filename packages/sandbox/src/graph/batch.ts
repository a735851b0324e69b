import { isObject } from '../json/fields.js';
import type { Answer } from '../http/answer.js';
import { Turns } from '../faults/turns.js';
import { GraphError } from './graph-error.js';
import type { GraphRequest } from './request.js';
import { parseJson } from './schema/read-body.js';
import type { Trace } from './trace.js';

const MOST_PARTS = 20;
/** Parts that are worked on at once. */
const WORKERS = 4;

/** One request of a batch. */
interface Part {
  readonly id: string;
  readonly request: GraphRequest;
  readonly dependsOn: readonly string[];
}

/** What a batch says of one of its requests. */
interface PartAnswer {
  readonly id: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/**
 * Answers up to 20 requests in one, each with a status of its own; one that depends on a request that failed is not
 * carried out.
 * @throws GraphError for a batch that is none
 */
export async function answerBatch(
  request: GraphRequest,
  trace: Trace,
  serve: (part: GraphRequest) => Answer | Promise<Answer>,
): Promise<Answer> {
  if (request.method !== 'POST') {
    const text = 'Specified HTTP method is not allowed for the request target.';
    throw new GraphError(405, 'Request_BadRequest', text, { headers: { allow: 'POST' } });
  }
  const turns = new Turns(WORKERS);
  const answers = new Map<string, Promise<PartAnswer>>();
  for (const part of readParts(request)) {
    const needed = part.dependsOn.map((id) => answers.get(id));
    answers.set(part.id, answerPart(part, needed, turns, trace, serve));
  }
  const responses = await Promise.all(answers.values());
  return trace.reply({ status: 200, body: { responses } }, {});
}

async function answerPart(
  { id, request }: Part,
  needed: readonly (Promise<PartAnswer> | undefined)[],
  turns: Turns,
  trace: Trace,
  serve: (part: GraphRequest) => Answer | Promise<Answer>,
): Promise<PartAnswer> {
  const before = await Promise.all(needed);
  if (before.some((answer) => answer === undefined || answer.status >= 400)) {
    return partOf(
      id,
      trace.refusal(new GraphError(424, 'FailedDependency', 'A request that this one depends on has failed.')),
    );
  }
  await turns.take('');
  try {
    const answer = await serve(request);
    // A part has no connection of its own that could break.
    const lost = new GraphError(504, 'GatewayTimeout', 'The server did not answer in time.');
    return partOf(id, answer.delivery === undefined ? answer : trace.refusal(lost));
  } finally {
    turns.leave('');
  }
}

function partOf(id: string, { status, headers, body }: Answer): PartAnswer {
  const own: Record<string, string> = {};
  const type = headers['content-type'];
  if (typeof type === 'string') own['Content-Type'] = type.startsWith('application/json') ? 'application/json' : type;
  const [retryAfter, applied, location] = [headers['retry-after'], headers['preference-applied'], headers['location']];
  if (typeof location === 'string') own['Location'] = location;
  if (typeof retryAfter === 'string') own['Retry-After'] = retryAfter;
  if (typeof applied === 'string') own['Preference-Applied'] = applied;
  if (body === '') return { id, status, headers: own };
  return { id, status, headers: own, body: own['Content-Type'] === 'application/json' ? JSON.parse(body) : body };
}

/** @throws GraphError BadRequest */
function readParts(request: GraphRequest): Part[] {
  const { requests } = parseJson(request.body) as Readonly<Record<string, unknown>>;
  if (!Array.isArray(requests) || requests.length === 0) {
    throw bad('Invalid batch payload format: "requests" must be a list of at least one request.');
  }
  if (requests.length > MOST_PARTS) {
    throw bad(`Number of batch request steps exceeds the maximum value of ${MOST_PARTS}.`);
  }
  const ids = new Set<string>();
  return requests.map((entry: unknown) => {
    const part = readPart(entry, request);
    if (ids.has(part.id)) throw bad(`Request Id ${part.id} is a duplicate: every request needs an id of its own.`);
    for (const id of part.dependsOn) {
      if (!ids.has(id)) throw bad(`Request ${part.id} depends on ${id}, which does not come before it.`);
    }
    ids.add(part.id);
    return part;
  });
}

function readPart(entry: unknown, { base, header }: GraphRequest): Part {
  if (!isObject(entry)) throw bad('Invalid batch payload format: a request must be an object.');
  const { id, method, url, headers = {}, body, dependsOn = [] } = entry;
  if (typeof id !== 'string' || id === '' || typeof method !== 'string' || typeof url !== 'string') {
    throw bad('Invalid batch payload format: a request needs id, method and url, all of them strings.');
  }
  if (!isObject(headers) || !Array.isArray(dependsOn)) {
    throw bad(`Invalid batch payload format: headers and dependsOn of request ${id} are of a wrong type.`);
  }
  if ([...Object.values(headers), ...dependsOn].some((value) => typeof value === 'object')) {
    throw bad(`Invalid batch payload format: headers and dependsOn of request ${id} must hold strings.`);
  }
  const own = new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]));
  if (body !== undefined && !own.has('content-type')) {
    throw bad(`Write request id : ${id} does not contain Content-Type header or body.`);
  }
  const request: GraphRequest = {
    method: method.toUpperCase(),
    url: url.startsWith('/') ? url : `/${url}`,
    header: (name) => own.get(name) ?? (name === 'client-request-id' ? header(name) : undefined),
    body: body === undefined ? '' : JSON.stringify(body),
    isTooBig: false,
    base,
  };
  return { id, request, dependsOn: dependsOn.map(String) };
}

function bad(message: string): GraphError {
  return new GraphError(400, 'BadRequest', message);
}
