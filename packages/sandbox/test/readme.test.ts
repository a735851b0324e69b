import { type ChildProcess, execFile, execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { controlRoutes } from '../src/control/control-routes.js';
import { operations } from '../src/ews/operations/operations.js';
import { graphOperations } from '../src/graph/operations/operations.js';
import { readFaultRule, readFaultRules } from '../src/faults/read-fault-rules.js';

const run = promisify(execFile);
const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
const fences = Array.from(
  readme.matchAll(/^```(\w+)([^\n]*)\n([^]*?)^```$/gm),
  ([, language = '', info = '', code = '']) => ({
    language,
    info: info.trim(),
    code,
  }),
);

/** The ports in the README, and those that are used here. */
const ports = new Map<string, string>();
const servers: ChildProcess[] = [];
/** What each has printed. */
const announced = new Map<string, string>();
const folder = mkdtempSync(join(tmpdir(), 'sandbox-readme-'));

/** The commands of the README with what they print. */
const commands = fences
  .filter(({ language }) => language === 'console')
  .flatMap(({ code }) => code.split(/^\$ /m).slice(1))
  .map((part) => {
    const end = part.indexOf('\n');
    return { command: part.slice(0, end), output: part.slice(end + 1) };
  });

const starts = commands.filter(({ command }) => command.startsWith('npx appointed-sandbox '));

/** What is shown, with `…` for whatever is left out. */
function shown(output: string): RegExp {
  const parts = output
    .trim()
    .split('…')
    .map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`));
  return new RegExp(`^${parts.join('[^]*?')}$`);
}

const here = (text: string) => text.replaceAll(/\b80\d\d\b/g, (shownPort) => ports.get(shownPort) ?? shownPort);

beforeAll(async () => {
  for (const { info, code } of fences) {
    const [, file] = /file=(\S+)/.exec(info) ?? [];
    if (file !== undefined) writeFileSync(join(folder, file), code);
  }
  await Promise.all(starts.map(({ command }) => start(command)));
});

async function start(command: string): Promise<void> {
  const [, shownPort = ''] = /--port (\d+)/.exec(command) ?? [];
  const flags = command.replace('npx appointed-sandbox ', '').replace(shownPort, '0').split(' ');
  const bin = fileURLToPath(new URL('../src/bin.ts', import.meta.url));
  const tsx = import.meta.resolve('tsx');
  const child = spawn(process.execPath, ['--conditions=@appointed/source', '--import', tsx, bin, ...flags], {
    cwd: folder,
  });
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
  servers.push(child);
  await vi.waitUntil(() => said.includes('random seed'), 15_000);
  announced.set(command, said.trim());
  ports.set(shownPort, /:(\d+)\/EWS/.exec(said)?.[1] ?? '');
}

afterAll(async () => {
  await Promise.all(
    servers.map(async (server) => {
      const ended = once(server, 'exit');
      server.kill();
      await ended;
    }),
  );
  rmSync(folder, { recursive: true });
});

test.each(starts)('$command says what the README says', ({ command, output }) => {
  expect(announced.get(command)).toMatch(shown(here(output)));
});

const noCurl = spawnSync('curl', ['--version']).error === undefined ? '' : ' (skipped: install curl)';

test.skipIf(noCurl !== '' || process.platform === 'win32')(`curl gets what the README says${noCurl}`, () => {
  const curls = commands.filter(({ command }) => command.startsWith('curl '));
  expect(curls.length).toBeGreaterThan(3);
  for (const { command, output } of curls) {
    expect(execFileSync('sh', ['-c', here(command)], { cwd: folder, encoding: 'utf8' }).trim()).toMatch(
      shown(here(output)),
    );
  }
});

const python = ['python3', '/usr/bin/python3'].find(
  (name) => spawnSync(name, ['-c', 'import exchangelib']).status === 0,
);
const noPython = python === undefined ? ' (skipped: pip install exchangelib)' : '';

test.skipIf(noPython !== '')(`exchangelib gets what the README says${noPython}`, async () => {
  const program = fences.find(({ language }) => language === 'python');
  const output = fences.find(({ language, info }) => language === 'text' && info === 'output=exchangelib');
  await fetch(here('http://127.0.0.1:8025/control/faults'), { method: 'DELETE' });
  const { stdout } = await run(python ?? '', ['-c', here(program?.code ?? '')]);
  expect(stdout).toBe(output?.code);
});

test.each([
  ['in-code', () => import('./readme/in-code.js')],
  ['meeting', () => import('./readme/meeting.js')],
])('the example %s prints what the README says', async (name, load) => {
  const log = vi.spyOn(console, 'log').mockImplementation(() => undefined);
  await load();
  const output = log.mock.calls.map((parts) => `${parts.join(' ')}\n`).join('');
  log.mockRestore();
  expect(output).toBe(fences.find(({ info }) => info === `output=${name}`)?.code);
});

test('the rules of the README are rules', () => {
  const file = fences.find(({ info }) => info === 'file=faults.json');
  expect(readFaultRules(JSON.parse(file?.code ?? ''))).toHaveLength(5);
});

test('the table of faults names every fault', () => {
  const [, kinds = ''] = /must be one of (.*)/.exec(complaint(() => readFaultRule({}, 'rule'))) ?? [];
  const rows = Array.from(readme.matchAll(/^\| `([a-z]\w+)` +\| [^|]* \| [^|]*\|$/gm), ([, kind]) => kind);
  // The first is the heading of the table.
  expect(rows).toEqual(['fault', ...kinds.split(', ')]);
});

test('the table of the control API is the one that it gives', () => {
  const rows = Array.from(readme.matchAll(/^\| `(GET|PUT|POST|DELETE)` +\| `(\S+)` +\| (.*?) +\|$/gm), (row) =>
    row.slice(1),
  );
  expect(rows).toEqual(controlRoutes.map(({ method, path, does }) => [method, path, does]));
});

test('the operations of the README are those that are served', () => {
  const [, listed = ''] = /It serves ([^]*?), for calendar items/.exec(readme) ?? [];
  expect(listed.split(/[\s,]+(?:and )?/)).toEqual([...operations.keys()]);
});

test('the operations of Microsoft Graph in the README are those that are served', () => {
  const [, listed = ''] = /Of Microsoft Graph it serves ([^]*?), the same below/.exec(readme) ?? [];
  expect(Array.from(listed.matchAll(/`([^`]+)`/g), ([, name]) => name)).toEqual([...graphOperations.keys()]);
});

function complaint(act: () => void): string {
  try {
    act();
  } catch (error) {
    return String(error);
  }
  return '';
}
