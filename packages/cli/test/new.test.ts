import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { openWorkplace, records } from './workplace.js';

const place = await openWorkplace([]);
afterAll(() => place[Symbol.asyncDispose]());
const factory = await place.appointed(['new', 'factory', '@contoso/fire-drill']);
// As it is published: the templates are found from there, too.
const transport = await place.published(['new', 'transport', '3d-printer', '--json']);

// What npm install would put there.
const { resolve } = createRequire(import.meta.url);
for (const name of ['@appointed/core', '@appointed/testkit', 'vitest']) {
  const link = join(place.directory, 'node_modules', name);
  mkdirSync(dirname(link), { recursive: true });
  symlinkSync(dirname(resolve(`${name}/package.json`)), link);
}

// The tests of the new packages, as they were written.
for (const name of ['fire-drill', '3d-printer']) {
  await import(pathToFileURL(join(place.directory, name, 'test/contract.test.ts')).href);
}

function read(file: string): string {
  return readFileSync(join(place.directory, file), 'utf8');
}

describe('a new package', () => {
  it('is a folder with all that it needs, and a word about what comes next', () => {
    expect(factory).toMatchObject({ code: 0, stderr: '' });
    const written = [...factory.stdout.matchAll(/^Written: fire-drill[/\\](.*)$/gm)].map(([, file]) => file);
    expect(written).toEqual(expect.arrayContaining(['.gitignore', 'LICENSE', 'README.md', 'package.json']));
    const files = readdirSync(join(place.directory, 'fire-drill'), { recursive: true, withFileTypes: true });
    expect(files.filter((file) => file.isFile())).toHaveLength(written.length);
    expect(factory.stdout).toContain('\n  cd fire-drill\n  npm install\n  npm test\n');
    expect(records(transport)).toContainEqual({ type: 'written', file: join('3d-printer', 'src', 'index.ts') });
  });

  it('has the name that was given, wherever there was one of the template', () => {
    expect(JSON.parse(read('fire-drill/package.json'))).toMatchObject({ name: '@contoso/fire-drill', license: 'MIT' });
    expect(read('fire-drill/README.md')).toContain("import { fireDrillFactory } from '@contoso/fire-drill';");
    expect(read('3d-printer/src/index.ts')).toContain('{ _3dPrinterTransport, type _3dPrinterTransportOptions }');
    for (const name of ['fire-drill', '3d-printer']) {
      const files = readdirSync(join(place.directory, name), { recursive: true, withFileTypes: true });
      for (const file of files.filter((one) => one.isFile())) {
        expect(readFileSync(join(file.parentPath, file.name), 'utf8')).not.toMatch(
          /example|first-aid|calendar-?folder/i,
        );
      }
    }
  });

  it('asks for the packages of the version of the command', () => {
    const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
    const { devDependencies, peerDependencies } = JSON.parse(read('3d-printer/package.json'));
    expect(peerDependencies).toEqual({ '@appointed/core': `^${version}` });
    expect(devDependencies).toMatchObject({ '@appointed/core': `^${version}`, '@appointed/testkit': `^${version}` });
  });

  it('is previewed as its README says', async () => {
    const [, factories] = /`(factories: .*)`\. With/.exec(read('fire-drill/README.md')) ?? [];
    await place.write('drill/people.csv', 'Email,Name,Team\nbeth@contoso.com,Beth,service\ncarl@contoso.com,Carl,\n');
    await place.write(
      'drill/appointed.config.ts',
      `import { fireDrillFactory } from '../fire-drill/src/index.js';\nexport default { ${factories} };\n`,
    );
    const [, args = ''] = /^\$ appointed (preview .*)$/m.exec(read('fire-drill/README.md')) ?? [];
    const moved = args.replace('people.csv', 'drill/people.csv').split(' ');
    const { code, stderr, stdout } = await place.appointed([...moved, '--config', 'drill/appointed.config.ts']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('First aid training');
    expect(stdout).toContain('1 appointments for 2 mailboxes');
  });

  it('takes the place of nothing, unless it is told to', async () => {
    writeFileSync(join(place.directory, 'fire-drill/src/index.ts'), 'mine');
    const refused = await place.appointed(['new', 'factory', '@contoso/fire-drill']);
    expect(refused).toMatchObject({ code: 2, stdout: '' });
    expect(refused.stderr).toMatch(/\[file_exists\] fire-drill\S+ is there already/);
    expect(read('fire-drill/src/index.ts')).toBe('mine');
    expect(await place.appointed(['new', 'factory', '@contoso/fire-drill', '--force'])).toMatchObject({ code: 0 });
    expect(read('fire-drill/src/index.ts')).toContain('fireDrillFactory');
  });

  it.each([
    '',
    '..',
    '../above',
    '/etc/passwd',
    '@contoso/..',
    '@contoso/a/b',
    'a\\b',
    'First-Aid',
    'first aid',
    "a';b",
    'node_modules',
    'http',
    '-x',
    'x'.repeat(300),
  ])('has no name that npm does not take: %j', async (name) => {
    const before = readdirSync(place.directory);
    const refused = await place.appointed(['new', 'factory', '--', name]);
    expect(refused).toMatchObject({ code: 2, stdout: '' });
    expect(refused.stderr).toContain('[usage]');
    expect(readdirSync(place.directory)).toEqual(before);
  });

  it.each([
    ['delete', 'deleteFactory'],
    ['sales-factory', 'salesFactory'],
    ['factory', 'factoryFactory'],
    ['a.b_c', 'aBCFactory'],
  ])('may be called %s: what it exports is %s', async (name, identifier) => {
    expect(await place.appointed(['new', 'factory', name])).toMatchObject({ code: 0 });
    expect(read(`${name}/src/index.ts`)).toContain(`export function ${identifier}(`);
  });

  it('is a factory or a transport', async () => {
    const { code, stderr } = await place.appointed(['new', 'ledger', 'first-aid']);
    expect(code).toBe(2);
    expect(stderr).toContain('factory, transport');
  });
});
