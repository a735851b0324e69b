import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startSandbox } from '../src/index.js';
import { readTlsFiles } from '../src/tls-files.js';
import { type Certificate, certificate } from './certificate.js';
import { NtlmClient } from './ntlm-client.js';

const folder = mkdtempSync(join(tmpdir(), 'sandbox-tls-'));
const [cert, key] = [join(folder, 'cert.pem'), join(folder, 'key.pem')];
let made: Certificate;

beforeAll(async () => {
  made = await certificate();
  writeFileSync(cert, made.cert);
  writeFileSync(key, made.key);
});
afterAll(() => rmSync(folder, { recursive: true }));

test('a certificate and its key come from files', async () => {
  await using sandbox = await startSandbox({ tls: readTlsFiles(cert, key) });
  await using client = new NtlmClient(sandbox.url, { ca: made.ca });
  expect((await client.send()).status).toBe(401);
});

test.each([
  ['a certificate without a key', cert, undefined, /^--tls-key: a certificate and its key go together/],
  ['a key without a certificate', undefined, key, /^--tls-cert: a certificate and its key go together/],
  ['a file that there is not', `${cert}.old`, key, /cert.pem.old: cannot be read; give --tls-cert the path/],
])('%s is refused, and says which', (_, certFile, keyFile, message) => {
  expect(() => readTlsFiles(certFile, keyFile)).toThrow(message);
});
