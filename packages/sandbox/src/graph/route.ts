import { GraphError } from './graph-error.js';
import { LIST_USERS } from './operations/list-users.js';
import { graphOperations } from './operations/operations.js';

/** An operation, and what stands in the path for its placeholders. */
export interface Route {
  readonly operation: string;
  readonly parameters: Readonly<Record<string, string>>;
}

interface Template {
  readonly method: string;
  readonly operation: string;
  readonly segments: readonly string[];
}

const templates: readonly Template[] = [...graphOperations.keys(), LIST_USERS].map((operation) => {
  const [method = '', path = ''] = operation.split(' ');
  return { method, operation, segments: path.slice(1).toLowerCase().split('/') };
});

/** Finds the operation of a method and a path behind `/v1.0`. @throws GraphError for what is not served */
export function findRoute(method: string, path: string): Route {
  const { segments, calendar } = straightened(path.split('/').filter(Boolean).flatMap(keyApart));
  const here = templates.filter((template) => fits(template, segments));
  if (here.length === 0) {
    const text = `Resource not found for the segment '${segments.at(-1) ?? ''}'.`;
    throw new GraphError(400, 'BadRequest', text);
  }
  const template = here.find((candidate) => candidate.method === method);
  if (template === undefined) {
    const text = 'Specified HTTP method is not allowed for the request target.';
    const allow = here.map((candidate) => candidate.method).join(', ');
    throw new GraphError(405, 'Request_BadRequest', text, { headers: { allow } });
  }
  const parameters: Record<string, string> = calendar === undefined ? {} : { calendar };
  for (const [index, name] of template.segments.entries()) {
    if (name.startsWith('{')) parameters[name.slice(1, -1)] = segments[index] ?? '';
  }
  return { operation: template.operation, parameters };
}

/**
 * The ways through a calendar, without it: `/users/x/calendar/events` and `/users/x/calendars/y/events` are
 * `/users/x/events`.
 */
function straightened(segments: readonly string[]): { segments: readonly string[]; calendar: string | undefined } {
  const [users = '', user = '', third = '', fourth, ...rest] = segments;
  if (/^calendar$/i.test(third) && fourth !== undefined) {
    return { segments: [users, user, fourth, ...rest], calendar: undefined };
  }
  if (/^calendars$/i.test(third) && fourth !== undefined) {
    const below = rest.length === 0 ? ['calendar'] : rest;
    return { segments: [users, user, ...below], calendar: fourth };
  }
  return { segments, calendar: undefined };
}

function fits({ segments: wanted }: Template, segments: readonly string[]): boolean {
  return (
    wanted.length === segments.length &&
    wanted.every((name, index) => name.startsWith('{') || name === segments[index]?.toLowerCase())
  );
}

/** A key may stand in parentheses, as in the Location of a new event: `users('x')` is `users/x`. */
function keyApart(segment: string): string[] {
  const text = decoded(segment);
  const [, name, key] = /^(\w+)\('(.*)'\)$/.exec(text) ?? [];
  return name === undefined || key === undefined ? [text] : [name, key.replaceAll("''", "'")];
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
