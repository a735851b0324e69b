// `npm test`: every check, one after another; the first that fails ends it.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const env = { ...process.env, PATH: join(root, 'node_modules', '.bin') + delimiter + process.env.PATH };
const packages = readdirSync(join(root, 'packages'));
const examples = readdirSync(join(root, 'examples'));

/** @param {string} title @param {string} command @param {string[]} args @param {string} [cwd] */
function check(title, command, args, cwd = root) {
  console.log(`\n== ${title}`);
  const { status, error } = spawnSync(command, args, { cwd, env, stdio: 'inherit', shell: process.platform === 'win32' });
  if (status === 0) return;
  console.error(`\n${title}: failed${error === undefined ? '' : ` (${error.message})`}`);
  process.exit(1);
}

check('Format', 'oxfmt', ['--check']);
check('Lint', 'oxlint', ['--deny-warnings']);
check('Types', 'tsc', ['-p', 'tsconfig.check.json']);
check('Unused code and dependencies', 'knip', []);
check('Unit and integration tests', 'vitest', ['run']);
for (const example of examples) {
  const main = join('examples', example, 'src', 'main.ts');
  check(`Example ${example}`, process.execPath, ['--conditions=@appointed/source', '--import', 'tsx', main]);
}
check('Build', 'tsc', ['-b']);
for (const name of packages) {
  const cwd = join(root, 'packages', name);
  check(`Package ${name}: exports`, 'publint', ['--strict'], cwd);
  check(`Package ${name}: types`, 'attw', ['--pack', '.', '--profile', 'esm-only'], cwd);
}
