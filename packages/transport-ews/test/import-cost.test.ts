import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

/** Which modules a program loads, asked of a process of its own. */
function loaded(program: string): string {
  const script = `${program}; console.log(Object.keys(require.cache).join('\\n'))`;
  return execFileSync(
    process.execPath,
    [
      '--conditions=@appointed/source',
      '--import',
      'tsx',
      '--input-type=module',
      '-e',
      `import { createRequire } from 'node:module'; const require = createRequire('file:///'); ${script}`,
    ],
    { cwd: fileURLToPath(new URL('..', import.meta.url)), encoding: 'utf8' },
  );
}

const OPTIONS = "{ url: 'http://localhost/', credentials: basic({ user: 'u', password: 'p' }) }";
const CONTEXT =
  "{ mailbox: parseMailbox('a@b.c'), runId: 'r', slot: 's', startedAt: new Date(), signal: AbortSignal.abort() }";

it('ews-javascript-api is loaded when a native factory is asked, and not before', () => {
  const start = `import { parseMailbox } from '@appointed/core'; import { basic, ews } from '@appointed/transport-ews';
    const factory = ews(${OPTIONS}).native({ getAppointment: () => undefined })`;
  expect(loaded(start)).not.toContain('ews-javascript-api');
  expect(loaded(`${start}; await factory.getAppointment(${CONTEXT}).catch(() => undefined)`)).toContain(
    'ews-javascript-api',
  );
});
