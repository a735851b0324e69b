import type { IncomingMessage, ServerResponse } from 'node:http';
import { CalendarError } from '../calendar/calendar-error.js';
import { ControlRefusal, checkSource, readJson } from './control-request.js';
import { type ControlRoute, controlRoutes } from './control-routes.js';
import { FoundNothing } from './found-nothing.js';
import type { SandboxControl } from './sandbox-control.js';

export const CONTROL_PATH = '/control';

/**
 * The control over HTTP: JSON in, JSON out, errors as `{"error": "…"}`. Nobody signs in, so it is for loopback alone.
 */
export class ControlApi {
  /** @param host what the server is bound to */
  constructor(
    private readonly control: SandboxControl,
    private readonly host: string,
  ) {}

  async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let status = 200;
    let result: unknown;
    try {
      checkSource(request, this.host);
      result = await this.answer(request);
    } catch (error) {
      request.resume();
      status = statusOf(error);
      result = { error: error instanceof Error ? error.message : String(error) };
      if (status === 500) process.emitWarning(error instanceof Error ? error : String(error));
    }
    if (request.socket.destroyed) return;
    response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' });
    response.end(`${JSON.stringify(result ?? { ok: true })}\n`);
  }

  private async answer(request: IncomingMessage): Promise<unknown> {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://sandbox');
    const path = pathname.toLowerCase().replace(/\/$/, '');
    if (path === CONTROL_PATH && request.method === 'GET') {
      return controlRoutes.map(({ method, path, does }) => ({ method, path, does }));
    }
    const route = findRoute(path, request.method ?? '');
    const takesBody = route.method === 'POST' || route.method === 'PUT';
    return route.run(takesBody ? await readJson(request) : Object.fromEntries(searchParams), this.control);
  }
}

function findRoute(path: string, method: string): ControlRoute {
  const here = controlRoutes.filter((route) => route.path === path);
  if (here.length === 0) throw new ControlRefusal(404, `${path} is unknown; GET ${CONTROL_PATH} lists what there is`);
  const route = here.find((candidate) => candidate.method === method);
  if (route !== undefined) return route;
  throw new ControlRefusal(405, `${path} takes ${here.map((candidate) => candidate.method).join(', ')}`);
}

/** The HTTP status for what was thrown. */
export function statusOf(error: unknown): number {
  if (error instanceof ControlRefusal) return error.status;
  if (error instanceof FoundNothing) return 404;
  return error instanceof TypeError || error instanceof CalendarError ? 400 : 500;
}
