/**
 * What the sandbox costs: CreateItem per second on one core, the time to start, the memory for 100,000 items. The
 * server is the built command in a process of its own; this process is the client, over raw keep-alive sockets, so
 * that the client costs little of what is shared. A server of node:http that does nothing is measured beside it: on a
 * machine with other work the ratio says more than the numbers.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const MAILBOXES = 1000;
const ITEMS = 100_000;
const CONNECTIONS = 16;
const WARM_UP = 5000;
const STARTS = 5;

const bin = fileURLToPath(new URL('../packages/sandbox/dist/bin.js', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'bench-sandbox-'));
const seedFile = join(folder, 'seed.json');
writeFileSync(
  seedFile,
  JSON.stringify({
    mailboxes: Array.from({ length: MAILBOXES }, (_, index) => ({ address: `user${index}@contoso.com` })),
    serviceAccounts: [{ user: 'svc', password: 'secret', impersonates: ['*'] }],
  }),
);

interface Server {
  readonly process: ChildProcess;
  readonly port: number;
  /** Milliseconds from starting the process until it said that it listens. */
  readonly startedIn: number;
}

/** Reads a request, and answers as much as the sandbox does to a CreateItem. */
const bareServer = `
  const body = '<?xml version="1.0" encoding="utf-8"?><x>NoError</x>'.padEnd(1100);
  const headers = ['content-type', 'text/xml; charset=utf-8', 'content-length', String(body.length)];
  const server = require('node:http').createServer((request, response) => {
    const chunks = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => response.writeHead(200, headers).end(body));
  });
  server.listen(0, '127.0.0.1', () => console.log(':' + server.address().port + '/EWS'));
  process.once('SIGTERM', () => process.exit());
`;

function start(args: readonly string[] = [bin, '--seed', seedFile]): Promise<Server> {
  const began = performance.now();
  const server = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.once('exit', (code) => reject(new Error(`the sandbox ended with code ${code}`)));
    server.stdout.once('data', (line: Buffer) => {
      const [, port] = /:(\d+)\/EWS/.exec(line.toString()) ?? [];
      resolve({ process: server, port: Number(port), startedIn: performance.now() - began });
    });
  });
}

function stop(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.process.removeAllListeners('exit').once('exit', () => resolve());
    server.process.kill('SIGTERM');
  });
}

/** A CreateItem of 1 KB, HTTP headers not counted. */
function requestFor(mailbox: number): Buffer {
  const body = (padding: string): string =>
    '<?xml version="1.0" encoding="utf-8"?><s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" ' +
    'xmlns:m="http://schemas.microsoft.com/exchange/services/2006/messages" ' +
    'xmlns:t="http://schemas.microsoft.com/exchange/services/2006/types"><s:Header>' +
    '<t:RequestServerVersion Version="Exchange2013_SP1"/><t:ExchangeImpersonation><t:ConnectingSID>' +
    `<t:SmtpAddress>user${mailbox}@contoso.com</t:SmtpAddress></t:ConnectingSID></t:ExchangeImpersonation></s:Header>` +
    '<s:Body><m:CreateItem SendMeetingInvitations="SendToNone"><m:Items><t:CalendarItem>' +
    `<t:Subject>Tennis lesson</t:Subject><t:Body BodyType="Text">${padding}</t:Body><t:ExtendedProperty>` +
    '<t:ExtendedFieldURI PropertySetId="5f9c1a52-8d4e-4f0b-9a3e-6c7d21b0e8f4" PropertyName="AppointedKey" ' +
    `PropertyType="String"/><t:Value>key${mailbox}</t:Value></t:ExtendedProperty>` +
    '<t:Start>2026-11-24T09:00:00Z</t:Start><t:End>2026-11-24T10:00:00Z</t:End>' +
    '</t:CalendarItem></m:Items></m:CreateItem></s:Body></s:Envelope>';
  const xml = body('x'.repeat(Math.max(0, 1024 - body('').length)));
  return Buffer.from(
    'POST /EWS/Exchange.asmx HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/xml; charset=utf-8\r\n' +
      `Authorization: Basic ${Buffer.from('svc:secret').toString('base64')}\r\n` +
      `Content-Length: ${Buffer.byteLength(xml)}\r\n\r\n${xml}`,
  );
}

/** Creates items over keep-alive connections, each of which waits for its answer before it asks again. */
async function createItems(port: number, count: number): Promise<void> {
  const requests = Array.from({ length: MAILBOXES }, (_, index) => requestFor(index));
  let sent = 0;
  const next = (): Buffer | undefined => (sent < count ? requests[sent++ % MAILBOXES] : undefined);
  await Promise.all(Array.from({ length: CONNECTIONS }, () => useConnection(port, next)));
}

function useConnection(port: number, next: () => Buffer | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    let answer = '';
    const ask = (): void => {
      const request = next();
      if (request === undefined) socket.end(resolve);
      else socket.write(request);
    };
    socket.once('connect', ask).once('error', reject);
    socket.setEncoding('latin1').on('data', (chunk: string) => {
      answer += chunk;
      const head = answer.indexOf('\r\n\r\n');
      const [, length] = /content-length: (\d+)/i.exec(answer) ?? [];
      if (head < 0 || length === undefined || answer.length < head + 4 + Number(length)) return;
      if (!answer.includes('>NoError<')) reject(new Error(answer));
      answer = '';
      ask();
    });
  });
}

/** CPU seconds that a process has used, where Linux tells; undefined elsewhere. */
function cpuSeconds(pid: number): number | undefined {
  if (process.platform !== 'linux') return undefined;
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  // Clock ticks are hundredths of a second on every Linux that Node runs on.
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

function residentMegabytes(pid: number): number | undefined {
  if (process.platform !== 'linux') return undefined;
  const [, kilobytes] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kilobytes) / 1024;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

const show = (value: number | undefined, unit: string): string =>
  value === undefined ? 'not measured here' : `${Math.round(value).toLocaleString('en')}${unit}`;

const starts: number[] = [];
for (let index = 0; index < STARTS; index += 1) {
  const server = await start();
  starts.push(server.startedIn);
  await stop(server);
}

interface Load {
  readonly perSecond: number;
  readonly perCpuSecond: number | undefined;
  readonly cpuMicroseconds: number | undefined;
  readonly residentMegabytes: number | undefined;
}

async function measure(args?: readonly string[]): Promise<Load> {
  const server = await start(args);
  const { pid = 0 } = server.process;
  await createItems(server.port, WARM_UP);
  const cpuBefore = cpuSeconds(pid);
  const began = performance.now();
  await createItems(server.port, ITEMS - WARM_UP);
  const seconds = (performance.now() - began) / 1000;
  const cpuAfter = cpuSeconds(pid);
  const resident = residentMegabytes(pid);
  await stop(server);
  const created = ITEMS - WARM_UP;
  const cpu = cpuBefore === undefined || cpuAfter === undefined ? undefined : cpuAfter - cpuBefore;
  return {
    perSecond: created / seconds,
    perCpuSecond: cpu && created / cpu,
    cpuMicroseconds: cpu && (cpu / created) * 1e6,
    residentMegabytes: resident,
  };
}

const bare = await measure(['-e', bareServer]);
const sandbox = await measure();
rmSync(folder, { recursive: true });

const times = (of: number | undefined, one: number | undefined): string =>
  of === undefined || one === undefined ? '' : `, ${(of / one).toFixed(1)} times a bare server`;
console.table({
  'CreateItem per second, by the clock': { measured: show(sandbox.perSecond, ''), wanted: '5,000 or more' },
  'bare node:http, by the clock': { measured: show(bare.perSecond, ''), wanted: '' },
  'CreateItem per second of CPU': { measured: show(sandbox.perCpuSecond, ''), wanted: '5,000 or more' },
  'CPU of a CreateItem': {
    measured: show(sandbox.cpuMicroseconds, ' µs') + times(sandbox.cpuMicroseconds, bare.cpuMicroseconds),
    wanted: '',
  },
  'start, median of five': { measured: show(median(starts), ' ms'), wanted: 'under 300 ms' },
  'memory with 100,000 items': { measured: show(sandbox.residentMegabytes, ' MB'), wanted: 'under 400 MB' },
});
