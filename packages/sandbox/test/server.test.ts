import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Sandbox, startSandbox } from '../src/index.js';
import { contoso } from './contoso.js';
import { EwsClient, basic } from './ews-client.js';

let sandbox: Sandbox;
let client: EwsClient;

beforeAll(async () => {
  sandbox = await startSandbox(contoso);
  client = new EwsClient(sandbox.ewsUrl);
});

afterAll(() => sandbox.close());

const GET_FOLDER =
  '<m:GetFolder><m:FolderShape><t:BaseShape>IdOnly</t:BaseShape></m:FolderShape><m:FolderIds><t:DistinguishedFolderId Id="calendar"/></m:FolderIds></m:GetFolder>';

describe('the server', () => {
  test('listens on loopback, on a free port, and says where', () => {
    expect(sandbox.url).toBe(`http://127.0.0.1:${sandbox.port}`);
    expect(sandbox.ewsUrl).toBe(`${sandbox.url}/EWS/Exchange.asmx`);
  });

  test('gives a request an id, and its client’s own id back where that is wanted', async () => {
    const headers = {
      authorization: basic('svc', 'secret'),
      'content-type': 'text/xml',
      'client-request-id': 'mine',
      'return-client-request-id': 'true',
    };
    const response = await fetch(sandbox.ewsUrl, { method: 'POST', headers, body: '<x/>' });
    expect(response.headers.get('request-id')).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    expect(response.headers.get('client-request-id')).toBe('mine');
    const other = await client.call(GET_FOLDER);
    expect(other.headers.get('client-request-id')).toBeNull();
    expect(other.headers.get('content-type')).toBe('text/xml; charset=utf-8');
  });

  test.each<[status: number, method: string, path: string, type: string]>([
    [404, 'POST', '/', 'text/xml'],
    [404, 'GET', '/owa', 'text/xml'],
    [405, 'GET', '/EWS/Exchange.asmx', 'text/xml'],
    [415, 'POST', '/EWS/Exchange.asmx', 'application/json'],
    [415, 'POST', '/EWS/Exchange.asmx', 'application/soap+xml; charset=utf-8'],
    [415, 'POST', '/EWS/Exchange.asmx', 'application/xml'],
    [415, 'POST', '/EWS/Exchange.asmx', 'text/xml; charset=iso-8859-1'],
    [415, 'POST', '/EWS/Exchange.asmx', 'text/xml; charset="utf-16"'],
    [500, 'POST', '/EWS/Exchange.asmx', 'Text/XML;charset="UTF-8"'],
    [500, 'POST', '/ews/exchange.asmx?wsdl', 'text/xml'],
  ])('answers %i to %s %s of %s', async (status, method, path, type) => {
    const headers = { authorization: basic('svc', 'secret'), 'content-type': type };
    const body = method === 'POST' ? '{}' : null;
    const response = await fetch(sandbox.url + path, { method, headers, body });
    expect([response.status, response.headers.get('allow')]).toEqual([status, status === 405 ? 'POST' : null]);
  });

  test('refuses a request that does not say what it is', async () => {
    const headers = { authorization: basic('svc', 'secret') };
    // Bytes, since fetch gives a string a type of its own.
    const response = await fetch(sandbox.ewsUrl, { method: 'POST', headers, body: Buffer.from('<x/>') });
    expect(response.status).toBe(415);
  });

  test('refuses a request beyond 64 MB with ErrorRequestStreamTooBig, and serves on', async () => {
    const reply = await new Promise<string>((resolve, reject) => {
      const headers = { authorization: basic('svc', 'secret'), 'content-type': 'text/xml' };
      const request = httpRequest(sandbox.ewsUrl, { method: 'POST', headers }, (response) => {
        let text = '';
        response.on('data', (chunk: Buffer) => (text += chunk.toString()));
        response.on('end', () => resolve(text));
      });
      request.on('error', reject);
      const megabyte = Buffer.alloc(1024 * 1024, 'a');
      const write = (left: number): void => {
        if (left === 0) request.end();
        else request.write(megabyte, () => write(left - 1));
      };
      write(65);
    });
    expect(reply).toContain('ErrorRequestStreamTooBig');
    expect((await client.call(GET_FOLDER)).status).toBe(200);
  });

  test('drops a connection with endless headers', async () => {
    const answer = await new Promise<string>((resolve) => {
      const socket = connect(sandbox.port, '127.0.0.1');
      let text = '';
      socket.on('data', (chunk) => (text += chunk.toString()));
      socket.on('error', () => {});
      socket.on('close', () => resolve(text));
      socket.write(`POST /EWS/Exchange.asmx HTTP/1.1\r\nHost: x\r\nX-Long: ${'a'.repeat(20_000)}\r\n\r\n`);
    });
    expect(answer).toContain('431');
  });

  test('closes for good, open connections included; `await using` does it too', async () => {
    let url = '';
    {
      await using short = await startSandbox(contoso);
      url = short.ewsUrl;
      expect((await new EwsClient(url).call(GET_FOLDER)).status).toBe(200);
    }
    await expect(fetch(url)).rejects.toThrow('fetch failed');
  });

  test('takes its time from the clock that it is given', async () => {
    const created = await client.create(['<t:Subject>now</t:Subject>']);
    const item = await client.get(created.attributes('ItemId', 'Id'));
    expect(item.text('DateTimeCreated')).toBe('2026-11-22T10:00:00Z');
  });
});
