import { copyFileSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build, type Plugin } from 'esbuild';

const packageFolder = fileURLToPath(new URL('..', import.meta.url));
const PREFIX = 'appointed-cli-built-';

/**
 * The command in as few files as possible, since the tests start it often. Built from source once for all workers of a
 * test run: the first one builds, the others wait.
 */
export async function builtCommand(): Promise<string> {
  const folder = join(tmpdir(), `${PREFIX}${process.ppid}`);
  const done = join(folder, 'done');
  if (isFirst(folder)) {
    removeOld();
    await bundle(folder);
    writeFileSync(done, '');
  }
  while (!existsSync(done)) await delay(50);
  return join(folder, 'dist', 'bin.js');
}

function isFirst(folder: string): boolean {
  try {
    mkdirSync(folder);
    return true;
  } catch {
    return false;
  }
}

/** What earlier test runs have left. */
function removeOld(): void {
  const names = readdirSync(tmpdir()).filter((name) => name.startsWith(PREFIX));
  for (const name of names.filter((one) => !isAlive(Number(one.slice(PREFIX.length))))) {
    rmSync(join(tmpdir(), name), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function bundle(folder: string): Promise<void> {
  await build({
    absWorkingDir: packageFolder,
    entryPoints: ['src/bin.ts'],
    outdir: join(folder, 'dist'),
    bundle: true,
    splitting: true,
    platform: 'node',
    target: 'node20.19',
    format: 'esm',
    conditions: ['@appointed/source'],
    plugins: [leftOutside],
    // What is written for CommonJS asks for modules of Node.
    banner: {
      js: "import { createRequire as makeRequire } from 'node:module'; const require = makeRequire(import.meta.url);",
    },
    logLevel: 'error',
  });
  copyFileSync(join(packageFolder, 'package.json'), join(folder, 'package.json'));
}

/** What has native parts, or reads files of its own, stays where it is. */
const leftOutside: Plugin = {
  name: 'left-outside',
  setup({ onResolve }) {
    onResolve({ filter: /^(libsql|jiti|ews-javascript-api)$/ }, ({ path, importer }) => {
      const isThere = path !== 'ews-javascript-api';
      const resolved = isThere ? pathToFileURL(createRequire(importer).resolve(path)).href : path;
      return { path: resolved, external: true };
    });
  },
};
