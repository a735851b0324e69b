// `npm run picture` writes docs/terminal.svg: what a terminal shows while the real command places lessons in the calendars
// of a local Exchange, as examples/start has it.
import { spawn as start } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { spawn } from '@lydell/node-pty';
import headless from '@xterm/headless';
import { terminalSvg } from './terminal-svg.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const example = join(root, 'examples', 'start');
const COLUMNS = 100;
const ROWS = 60;

const DESCRIPTION =
  'appointed preview draws the week of 1 March 2027 with a tennis lesson on Monday at nine. appointed place then puts it ' +
  'into the calendars of 25 mailboxes: 23 have it, two are refused, and it says why and how to go on.';

const program = [
  '--conditions=@appointed/source',
  '--import',
  import.meta.resolve('tsx'),
  join(root, 'packages', 'cli', 'src', 'bin.ts'),
];
const folder = mkdtempSync(join(tmpdir(), 'appointed-picture-'));
const { serviceAccounts } = JSON.parse(readFileSync(join(example, 'exchange.seed.json'), 'utf8'));
const [{ user, password }] = serviceAccounts;
const exchange = start(process.execPath, [...program, 'sandbox', '--seed', join(example, 'exchange.seed.json')], {
  stdio: ['ignore', 'pipe', 'inherit'],
});
try {
  const [line] = await once(createInterface(exchange.stdout), 'line');
  const url = /http\S+asmx/.exec(String(line))?.[0] ?? '';
  const list = readFileSync(join(example, 'mailboxes.csv'), 'utf8').replace(/^\ufeff?.*/, 'E-Mail,Name');
  writeFileSync(join(folder, 'people.csv'), list);
  const { NO_COLOR: _none, ...inherited } = process.env;
  const env = { ...inherited, TERM: 'xterm-256color', EWS_USER: user, EWS_PASSWORD: password };
  const terminal = new headless.Terminal({ cols: COLUMNS, rows: ROWS, allowProposedApi: true });
  await call(terminal, ['init', '--url', url, '--sign-in', 'basic'], env);
  terminal.reset();
  const run = ['--mailboxes', 'people.csv', '--factory', 'lesson', '--id', 'lessons-2027'];
  await call(terminal, ['preview', ...run, '--first', '1', '--calendar'], env);
  await call(terminal, ['place', ...run], env);
  const svg = terminalSvg(terminal.buffer.active, { title: 'appointed on a terminal', description: DESCRIPTION });
  writeFileSync(process.argv[2] ?? join(root, 'docs', 'terminal.svg'), svg);
} finally {
  exchange.kill();
  rmSync(folder, { recursive: true });
}

/** Calls the command in the terminal. @param {headless.Terminal} terminal @param {string[]} args @param {NodeJS.ProcessEnv} env */
async function call(terminal, args, env) {
  await written(terminal, `\u001b[1m$ appointed ${args.join(' ')}\u001b[0m\r\n`);
  const child = spawn(process.execPath, [...program, ...args], { cols: COLUMNS, rows: ROWS, cwd: folder, env });
  child.onData((data) => terminal.write(data));
  await new Promise((resolve) => child.onExit(resolve));
  await written(terminal, '');
}

/** @param {headless.Terminal} terminal @param {string} text */
async function written(terminal, text) {
  return new Promise((resolve) => terminal.write(text, () => resolve(undefined)));
}
