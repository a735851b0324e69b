// `npm test`: every check, one after another; the first that fails ends it.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const env = { ...process.env, PATH: join(root, 'node_modules', '.bin') + delimiter + process.env.PATH };
const { packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const examples = readdirSync(join(root, 'examples'));

/** @param {string} title @param {string} command @param {string[]} args @param {string} [cwd] */
function check(title, command, args, cwd = root) {
  console.log(`\n== ${title}`);
  const { status, error } = spawnSync(command, args, {
    cwd,
    env,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (status === 0) return;
  throw new Error(`${title}: failed${error === undefined ? '' : ` (${error.message})`}`);
}

check('Format', 'oxfmt', ['--check']);
check('Lint', 'oxlint', ['--deny-warnings']);
check('Types', 'tsc', ['-p', 'tsconfig.check.json']);
check('Types of the page', 'tsc', ['-p', 'packages/sandbox/page']);
check('Unused code and dependencies', 'knip', []);
check('Snippets in the documentation', process.execPath, ['scripts/snippets.mjs']);
check('Unit and integration tests', 'vitest', ['run']);
for (const example of examples) {
  const main = join('examples', example, 'src', 'main.ts');
  check(`Example ${example}`, process.execPath, ['--conditions=@appointed/source', '--import', 'tsx', main]);
}
check('Trial: killed and continued', process.execPath, [
  '--conditions=@appointed/source',
  '--import',
  'tsx',
  'trials/kill-and-resume/src/main.ts',
  '--trials=1',
  '--mailboxes=60',
  '--kills=1',
]);
check('Trial: killed and continued, over EWS and Graph at once', process.execPath, [
  '--conditions=@appointed/source',
  '--import',
  'tsx',
  'trials/kill-and-resume/src/main.ts',
  '--transport=hybrid',
  '--trials=1',
  '--mailboxes=40',
  '--kills=1',
  '--verbs=1',
]);
check('Trial: stored too late', process.execPath, [
  '--conditions=@appointed/source',
  '--import',
  'tsx',
  'trials/kill-and-resume/src/main.ts',
  '--late',
  '--trials=1',
  '--mailboxes=100',
]);
check('Build', 'tsc', ['-b']);

// What is published is what is checked: pnpm applies publishConfig when it packs.
const tarballs = mkdtempSync(join(tmpdir(), 'appointed-packages-'));
try {
  check('Pack', 'npx', ['-y', packageManager, '--filter', './packages/*', 'pack', '--pack-destination', tarballs]);
  for (const tarball of readdirSync(tarballs)) {
    check(`${tarball}: exports`, 'publint', ['--strict', join(tarballs, tarball)]);
    check(`${tarball}: types`, 'attw', [join(tarballs, tarball), '--profile', 'esm-only', '--format', 'ascii']);
  }
} finally {
  rmSync(tarballs, { recursive: true });
}
