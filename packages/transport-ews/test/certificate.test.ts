import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { generate } from 'selfsigned';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createItemResponse, saved } from './canned-answers.js';
import { saveOne, transportTo } from './placing.js';

let certificate: string;
let url: string;
let stop: () => Promise<unknown>;
let requests = 0;

beforeAll(async () => {
  const made = await generate([{ name: 'commonName', value: 'localhost' }], {
    keyType: 'ec',
    extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: 'localhost' }] }],
  });
  certificate = made.cert;
  const server = createServer({ cert: made.cert, key: made.private }, (request, response) => {
    requests += 1;
    request.resume();
    response.end(createItemResponse(saved('item')));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `https://localhost:${(server.address() as AddressInfo).port}/EWS/Exchange.asmx`;
  stop = () => new Promise((resolve) => server.close(resolve));
});

afterAll(() => stop());

it('a server whose certificate nobody vouches for gets nothing, and the run stops', async () => {
  expect(await saveOne(transportTo(url))).toMatchObject({
    kind: 'rejected',
    scope: 'run',
    error: { code: 'connection_failed', hint: expect.stringContaining('ca') },
  });
  expect(requests).toBe(0);
});

it('a certificate for another name is refused', async () => {
  const other = url.replace('localhost', '127.0.0.1');
  expect(await saveOne(transportTo(other, { ca: certificate }))).toMatchObject({ kind: 'rejected', scope: 'run' });
  expect(requests).toBe(0);
});

it('a certificate of an authority that is trusted is taken', async () => {
  expect(await saveOne(transportTo(url, { ca: certificate }))).toMatchObject({ kind: 'done' });
});
