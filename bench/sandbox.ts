/**
 * What the sandbox costs: CreateItem per second on one core, the time to start, the memory for 100,000 items. The
 * server is the built command in a process of its own; this process is the client, over raw keep-alive sockets. A
 * server of node:http that does nothing is measured in turn with it: on a machine with
 * other work the ratio says more than the numbers, and CPU more than the clock.
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
const ROUNDS = 3;
const STARTS = 9;

const bin = fileURLToPath(new URL('../packages/sandbox/dist/appointed-sandbox.js', import.meta.url));
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

const BARE = ['-e', bareServer];
const SANDBOX = [bin, '--seed', seedFile];

function start(args: readonly string[]): Promise<Server> {
  const began = performance.now();
  const server = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.once('exit', (code) => reject(new Error(`the server ended with code ${code}`)));
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

interface Load {
  readonly perSecond: number;
  /** Of the server, for a request. */
  readonly cpuMicroseconds: number | undefined;
  readonly residentMegabytes: number | undefined;
}

async function measure(args: readonly string[]): Promise<Load> {
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
    cpuMicroseconds: cpu && (cpu / created) * 1e6,
    residentMegabytes: resident,
  };
}

async function startTime(args: readonly string[]): Promise<number> {
  const server = await start(args);
  await stop(server);
  return server.startedIn;
}

/** The value in the middle, and the least and the greatest. */
interface Spread {
  readonly median: number;
  readonly least: number;
  readonly most: number;
}

function spreadOf(values: readonly (number | undefined)[]): Spread | undefined {
  const sorted = values.filter((value) => value !== undefined).toSorted((a, b) => a - b);
  const [least] = sorted;
  const median = sorted[Math.floor(sorted.length / 2)];
  const most = sorted.at(-1);
  return least === undefined || median === undefined || most === undefined ? undefined : { median, least, most };
}

function show(spread: Spread | undefined, unit: string): string {
  if (spread === undefined) return 'not measured here';
  const [median, least, most] = [spread.median, spread.least, spread.most].map((each) =>
    Math.round(each).toLocaleString('en'),
  );
  return `${median}${unit} (${least} to ${most})`;
}

function row(
  sandbox: readonly (number | undefined)[],
  bare: readonly (number | undefined)[],
  unit: string,
  wanted: string,
): Record<string, string> {
  const [ours, theirs] = [spreadOf(sandbox), spreadOf(bare)];
  const ratio = ours === undefined || theirs === undefined ? '' : (ours.median / theirs.median).toFixed(2);
  return { sandbox: show(ours, unit), 'bare node:http': show(theirs, unit), ratio, wanted };
}

const starts = { bare: [] as number[], sandbox: [] as number[] };
for (let index = 0; index < STARTS; index += 1) {
  starts.bare.push(await startTime(BARE));
  starts.sandbox.push(await startTime(SANDBOX));
}
const loads = { bare: [] as Load[], sandbox: [] as Load[] };
for (let round = 0; round < ROUNDS; round += 1) {
  loads.bare.push(await measure(BARE));
  loads.sandbox.push(await measure(SANDBOX));
}
rmSync(folder, { recursive: true });

const both = (of: (load: Load) => number | undefined): [(number | undefined)[], (number | undefined)[]] => [
  loads.sandbox.map(of),
  loads.bare.map(of),
];
const perCpuSecond = ({ cpuMicroseconds }: Load): number | undefined => cpuMicroseconds && 1e6 / cpuMicroseconds;
console.log(`Medians of ${ROUNDS} rounds in turn (least to most), starts of ${STARTS}; Node ${process.version}`);
console.table({
  'CreateItem per second, by the clock': row(...both((load) => load.perSecond), '', '5,000 or more'),
  'CreateItem per second of CPU': row(...both(perCpuSecond), '', '5,000 or more'),
  'CPU of a CreateItem': row(...both((load) => load.cpuMicroseconds), ' µs', ''),
  [`start, with ${MAILBOXES.toLocaleString('en')} mailboxes`]: row(starts.sandbox, starts.bare, ' ms', 'under 300 ms'),
  'memory, with 100,000 items': row(...both((load) => load.residentMegabytes), ' MB', 'under 400 MB'),
});
