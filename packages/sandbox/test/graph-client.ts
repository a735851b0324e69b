import type { Sandbox } from '../src/index.js';

/** JSON as Graph answers it. Tests know what they ask for. */
// oxlint-disable-next-line typescript/no-explicit-any -- the shape is what the tests are about
export type Json = any;

export interface GraphReply {
  readonly status: number;
  readonly headers: Headers;
  readonly json: Json;
  /** `404 ErrorItemNotFound`; of a success, the status alone. */
  readonly inShort: string;
}

/** The application of the tests' organisation. */
export const app = { clientId: 'app-1', clientSecret: 'app-secret' };

/** Speaks Graph as tests need it. */
export class GraphClient {
  private token: string | undefined;

  constructor(
    private readonly sandbox: Pick<Sandbox, 'graphUrl' | 'tokenUrl'>,
    private readonly application: { clientId: string; clientSecret: string } = app,
  ) {}

  get(path: string, headers: Record<string, string> = {}): Promise<GraphReply> {
    return this.send('GET', path, undefined, headers);
  }

  post(path: string, body?: unknown, headers: Record<string, string> = {}): Promise<GraphReply> {
    return this.send('POST', path, body, headers);
  }

  patch(path: string, body: unknown, headers: Record<string, string> = {}): Promise<GraphReply> {
    return this.send('PATCH', path, body, headers);
  }

  delete(path: string, headers: Record<string, string> = {}): Promise<GraphReply> {
    return this.send('DELETE', path, undefined, headers);
  }

  async send(method: string, path: string, body: unknown, headers: Record<string, string>): Promise<GraphReply> {
    this.token ??= (await requestToken(this.sandbox.tokenUrl, this.application)).json.access_token as string;
    const response = await fetch(path.startsWith('http') ? path : this.sandbox.graphUrl + path, {
      method,
      headers: {
        authorization: `Bearer ${this.token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    return replyOf(response);
  }
}

export async function requestToken(
  url: string,
  { clientId, clientSecret }: { clientId: string; clientSecret: string },
  changes: Record<string, string | undefined> = {},
): Promise<GraphReply> {
  const form = new URLSearchParams();
  const fields = {
    grant_type: 'client_credentials',
    client_id: clientId,
    client_secret: clientSecret,
    scope: 'https://graph.microsoft.com/.default',
    ...changes,
  };
  for (const [name, value] of Object.entries(fields)) if (value !== undefined) form.set(name, value);
  return replyOf(await fetch(url, { method: 'POST', body: form }));
}

async function replyOf(response: Response): Promise<GraphReply> {
  const text = await response.text();
  const json: Json = /^[{[]/.test(text) ? JSON.parse(text) : undefined;
  const code: string | undefined = json?.error?.code ?? (typeof json?.error === 'string' ? json.error : undefined);
  const inShort = [response.status, code].filter((part) => part !== undefined).join(' ');
  return { status: response.status, headers: response.headers, json, inShort };
}
