import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openWorkplace, type Workplace } from './workplace.js';

const core = fileURLToPath(import.meta.resolve('@appointed/core'));

const CONFIG = `import { defineConfig } from '@appointed/cli';
import { fromTemplate } from '@appointed/factories/from-template';
import { publicHolidays } from '@appointed/factories/public-holidays';
import plugin, { TALK } from 'acme-talks';

const [holiday] = Object.values(publicHolidays({ country: 'DE', year: 2027 }));
const moment = (hour) => \`{ dateTime: '2027-03-01T\${hour}:00', timeZone: UTC }\`;
const text = \`subject: Templated\\nstart: \${moment('09')}\\nend: \${moment('10')}\\n\`;
export default defineConfig({ plugins: [plugin], factories: { holiday, template: fromTemplate({ text }), talk: TALK } });
`;

const PLUGIN = `import { AppointedError, createToken, NOTHING, provide } from '@appointed/core';
import { isItsOwn } from '@appointed/core/is-its-own';
export const TALK = createToken('acme.talk');
const TITLE = createToken('acme.title');
const start = { dateTime: '2027-03-01T09:00', timeZone: 'UTC' };
const end = { dateTime: '2027-03-01T10:00', timeZone: 'UTC' };
class Talk {
  constructor(title) { this.title = title; }
  getAppointment({ mailbox }) {
    if (mailbox.id.startsWith('nobody')) return NOTHING;
    if (mailbox.id.startsWith('never')) throw new AppointedError('invalid_appointment', 'no talk for them', {});
    return { subject: this.title, start, end };
  }
}
export default {
  name: 'acme-talks',
  register(container) {
    provide(container, TITLE, () => 'A talk, ' + isItsOwn);
    provide(container, TALK, (from) => new Talk(from.resolve(TITLE)));
  },
};
`;

describe('what a configuration imports', () => {
  let place: Workplace;
  beforeAll(async () => {
    place = await openWorkplace([]);
    await place.write('appointed.config.ts', CONFIG);
    await place.write('list.txt', 'beth@contoso.com\nnobody@contoso.com\nnever@contoso.com\n');
    const exported = { '.': './index.mjs', './is-its-own': './is-its-own.mjs' };
    const folder = join('node_modules', '@appointed', 'core');
    await place.write(join(folder, 'package.json'), JSON.stringify({ name: '@appointed/core', exports: exported }));
    await place.write(join(folder, 'is-its-own.mjs'), "export const isItsOwn = 'with a core of its own';\n");
    await build({ entryPoints: [core], outfile: join(place.directory, folder, 'index.mjs'), ...AS_ONE_FILE });
    const acme = JSON.stringify({ name: 'acme-talks', type: 'module', exports: './index.js' });
    await place.write(join('node_modules', 'acme-talks', 'package.json'), acme);
    await place.write(join('node_modules', 'acme-talks', 'index.js'), PLUGIN);
  });
  afterAll(() => place[Symbol.asyncDispose]());

  it('are the packages of the command, with nothing installed beside it', async () => {
    const { stdout, stderr } = await place.published(['preview', '-m', 'list.txt', '-f', 'holiday']);
    expect(stderr).toBe('');
    expect(stdout).toContain('2027-01-01  Europe/Berlin  Neujahr');
  });

  it('may be a plugin that has another copy of core: its tokens, errors and NOTHING are understood', async () => {
    const { stdout, stderr } = await place.published(['preview', '-m', 'list.txt', '-f', 'talk']);
    expect(stderr).toBe('');
    expect(stdout).toContain('error     [invalid_appointment] never@contoso.com: no talk for them');
    expect(stdout).toContain('A talk, with a core of its own');
    expect(stdout).toContain('1 appointments for 3 mailboxes of 3 rows');
  });
});

const AS_ONE_FILE = {
  bundle: true,
  platform: 'node',
  format: 'esm',
  banner: {
    js: "import { createRequire as makeRequire } from 'node:module'; const require = makeRequire(import.meta.url);",
  },
} as const;
