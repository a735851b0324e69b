import type { IncomingMessage, ServerResponse } from 'node:http';
import { statusOf } from '../control/control-api.js';
import { ControlRefusal, checkHost, checkSource } from '../control/control-request.js';
import type { Machinery } from '../control/machinery.js';
import { Feed } from './feed.js';
import { type Asset, PageAssets } from './page-assets.js';
import { pageData } from './page-data.js';
import { pageHeaders } from './page-headers.js';

const EVENTS = '/page/events';
const NOT_BUILT = 'The page is not built. Run "npm run page" in packages/sandbox, then load this again.\n';

/** The page for people: its files, what it asks for, and the events that keep it up to date. */
export class PageServer {
  private readonly assets = new PageAssets();
  private readonly feed: Feed;

  /** @param host what the server is bound to */
  constructor(
    private readonly machinery: Machinery,
    private readonly host: string,
  ) {
    this.feed = new Feed(machinery);
  }

  /** Whether a request is for the page: what is posted to the root is meant for another path, and told so. @param path in lower case */
  owns(path: string, method: string | undefined): boolean {
    return (path === '/' && (method === 'GET' || method === 'HEAD')) || path.startsWith('/page/');
  }

  serve(request: IncomingMessage, response: ServerResponse, path: string): void {
    request.resume();
    try {
      // Anybody's link may lead here; what is in the sandbox is for the page alone.
      if (this.assets.has(path)) checkHost(request, this.host);
      else checkOwnPage(request, this.host);
      if (request.method !== 'GET' && request.method !== 'HEAD') throw new ControlRefusal(405, `${path} takes GET`);
      this.answer(request, response, path);
    } catch (error) {
      const status = statusOf(error);
      if (status === 500) process.emitWarning(error instanceof Error ? error : String(error));
      json(response, status, { error: error instanceof Error ? error.message : String(error) });
    }
  }

  private answer(request: IncomingMessage, response: ServerResponse, path: string): void {
    if (this.assets.has(path)) return file(request, response, this.assets.find(path));
    if (path === EVENTS) {
      response.writeHead(200, { ...pageHeaders, 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
      return request.method === 'HEAD' ? void response.end() : this.feed.open(response);
    }
    const answer = pageData.get(path);
    if (answer === undefined) throw new ControlRefusal(404, `${path} is unknown`);
    const { searchParams } = new URL(request.url ?? '', 'http://sandbox');
    json(response, 200, answer(Object.fromEntries(searchParams), this.machinery));
  }
}

/** @throws ControlRefusal for what a page of another origin asks for, another port of this computer included */
function checkOwnPage(request: IncomingMessage, host: string): void {
  checkSource(request, host);
  const site = request.headers['sec-fetch-site'];
  if (site === undefined || site === 'same-origin' || site === 'none') return;
  throw new ControlRefusal(403, 'Sec-Fetch-Site: this is for the page of the sandbox itself');
}

function file(request: IncomingMessage, response: ServerResponse, asset: Asset | undefined): void {
  if (asset === undefined) {
    response.writeHead(503, { ...pageHeaders, 'content-type': 'text/plain; charset=utf-8' }).end(NOT_BUILT);
    return;
  }
  const headers = { ...pageHeaders, 'cache-control': 'no-cache', etag: asset.etag };
  if (request.headers['if-none-match'] === asset.etag) {
    response.writeHead(304, headers).end();
    return;
  }
  const { type, content } = asset;
  response.writeHead(200, { ...headers, 'content-type': type, 'content-length': content.length });
  response.end(request.method === 'HEAD' ? undefined : content);
}

function json(response: ServerResponse, status: number, result: unknown): void {
  const type = 'application/json; charset=utf-8';
  response.writeHead(status, { ...pageHeaders, 'content-type': type, 'cache-control': 'no-store' });
  response.end(`${JSON.stringify(result)}\n`);
}
