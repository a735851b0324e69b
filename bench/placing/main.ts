/**
 * What a placement costs: Appointed beside the floor (the same bytes, posted by undici) and Microsoft's sample on
 * ews-javascript-api, at several latencies of the server. Everything in one run, rounds in turn, since machines are noisy;
 * client and server are processes of their own. `--json` prints the measurements, `--rounds n` (3) how many.
 */
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';

const { values } = parseArgs({ options: { json: { type: 'boolean' }, rounds: { type: 'string', default: '3' } } });
const SECONDS = 2;

interface Case {
  readonly contender: string;
  readonly latencyMs: number;
  readonly inFlight: number;
  readonly isVaried: boolean;
}

/** What one contender did in one round. */
interface Measurement {
  readonly perSecond: number;
  readonly cpuMicroseconds: number;
}

interface Result extends Case {
  readonly rounds: readonly Measurement[];
}

/** About as many a second as each can do where the server is no limit: a round is to last some seconds. */
const EXPECTED: Readonly<Record<string, number>> = {
  floor: 15_000,
  appointed: 6000,
  appointedOnDisk: 3000,
  sampleLoop: 300,
  sampleLoops: 600,
};

const LATENCIES = [0, 1, 20];
const IN_FLIGHT = [32, 128];

const cases: Case[] = [];
for (const latencyMs of LATENCIES) {
  for (const inFlight of IN_FLIGHT) {
    cases.push({ contender: 'floor', latencyMs, inFlight, isVaried: false });
    for (const contender of ['appointed', 'appointedOnDisk']) {
      for (const isVaried of [false, true]) cases.push({ contender, latencyMs, inFlight, isVaried });
    }
    cases.push({ contender: 'sampleLoops', latencyMs, inFlight, isVaried: true });
  }
  cases.push({ contender: 'sampleLoop', latencyMs, inFlight: 1, isVaried: true });
}

const run = promisify(execFile);
const here = (file: string): string => fileURLToPath(new URL(file, import.meta.url));

function countOf({ contender, latencyMs, inFlight }: Case): number {
  const byServer = latencyMs === 0 ? Number.POSITIVE_INFINITY : (1000 / latencyMs) * inFlight;
  return Math.ceil(SECONDS * Math.min(EXPECTED[contender] ?? 1000, byServer));
}

async function measure(one: Case): Promise<Measurement> {
  const server = spawn(process.execPath, ['--import', 'tsx', here('canned-server.ts'), `${one.latencyMs}`], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [port] = await once(server.stdout, 'data');
  const count = countOf(one);
  const args = [one.contender, String(port).trim(), one.inFlight, one.isVaried, count].map(String);
  const { stdout } = await run(process.execPath, ['--import', 'tsx', here('load.ts'), ...args]);
  server.kill();
  await once(server, 'exit');
  return JSON.parse(stdout) as Measurement;
}

const measurements = new Map<Case, Measurement[]>(cases.map((one) => [one, []]));
for (let round = 1; round <= Number(values.rounds); round += 1) {
  for (const one of cases) {
    process.stderr.write(`round ${round}: ${one.contender}, ${one.latencyMs} ms, ${one.inFlight} in flight\n`);
    measurements.get(one)?.push(await measure(one));
  }
}
const results: readonly Result[] = cases.map((one) => ({ ...one, rounds: measurements.get(one) ?? [] }));

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
}

function spread(numbers: readonly number[], digits = 0): string {
  const [middle, least, most] = [median(numbers), Math.min(...numbers), Math.max(...numbers)].map((number) =>
    number.toLocaleString('en', { maximumFractionDigits: digits }),
  );
  return `${middle} (${least} to ${most})`;
}

function shareOfFloor({ latencyMs, inFlight, rounds }: Result): string {
  const floor = results.find(
    (one) => one.contender === 'floor' && one.latencyMs === latencyMs && one.inFlight === inFlight,
  );
  if (floor === undefined) return '';
  const shares = rounds.map(({ perSecond }, round) => perSecond / (floor.rounds[round]?.perSecond ?? Number.NaN));
  return `${Math.round(100 * median(shares))}%`;
}

if (values.json === true) console.log(JSON.stringify({ node: process.version, results }));
else {
  console.log(`Medians (least to most) of ${values.rounds} rounds in turn; Node ${process.version}`);
  console.table(
    results.map((one) => ({
      contender: one.contender,
      'server, ms': one.latencyMs,
      'in flight': one.inFlight,
      appointments: one.isVaried ? 'different' : 'the same',
      'a second': spread(one.rounds.map(({ perSecond }) => perSecond)),
      'of the floor': shareOfFloor(one),
      'CPU, µs': spread(one.rounds.map(({ cpuMicroseconds }) => cpuMicroseconds)),
    })),
  );
}
