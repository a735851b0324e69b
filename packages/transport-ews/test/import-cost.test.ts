import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const START = "import { createRequire } from 'node:module'; const { cache } = createRequire('file:///')";
const SHOW = "console.log(Object.keys(cache).join('\\n') + '\\0')";

/** Which modules a program has loaded after each of its parts, asked of a process of its own. */
function loaded(...parts: readonly string[]): readonly string[] {
  const script = [START, ...parts.flatMap((part) => [part, SHOW])].join(';\n');
  return execFileSync(
    process.execPath,
    ['--conditions=@appointed/source', '--import', 'tsx', '--input-type=module', '-e', script],
    { cwd: fileURLToPath(new URL('..', import.meta.url)), encoding: 'utf8' },
  ).split('\0');
}

const OPTIONS = "{ url: 'http://localhost/', credentials: basic({ user: 'u', password: 'p' }) }";
const CONTEXT =
  "{ mailbox: parseMailbox('a@b.c'), runId: 'r', slot: 's', startedAt: new Date(), signal: AbortSignal.abort() }";

it('undici is loaded when a transport is made, ews-javascript-api when a native factory is asked, and not before', () => {
  const [imported, made, asked] = loaded(
    "const { parseMailbox } = await import('@appointed/core'); const { basic, ews } = await import('@appointed/transport-ews')",
    `const factory = ews(${OPTIONS}).native({ getAppointment: () => undefined })`,
    `await factory.getAppointment(${CONTEXT}).catch(() => undefined)`,
  );
  expect(imported).not.toContain('undici');
  expect(made).toContain('undici');
  expect(made).not.toContain('ews-javascript-api');
  expect(asked).toContain('ews-javascript-api');
});
