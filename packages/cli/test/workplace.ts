import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import type { FaultRule, Sandbox } from '@appointed/sandbox';
import { startSandbox } from '@appointed/sandbox';
import { builtCommand } from './built-command.js';
import { callHere } from './call-here.js';

export const USER = 'svc-appointed';
export const PASSWORD = 'Tr0ub4dor&3-staple';

/** What a command came to. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A directory with a configuration, a list and a factory, and a local Exchange that they mean. */
export interface Workplace extends AsyncDisposable {
  readonly directory: string;
  readonly sandbox: Sandbox;
  readonly env: NodeJS.ProcessEnv;
  /** Writes a file of the directory. */
  write(name: string, content: string | Uint8Array): Promise<void>;
  /** Calls the command within this process, and waits for its end. */
  appointed(
    args: readonly string[],
    input?: string | Uint8Array,
    env?: NodeJS.ProcessEnv,
    columns?: number,
  ): Promise<Ended>;
  /** Calls the command as it is published, in a process of its own, and waits for its end. */
  published(args: readonly string[], input?: string | Uint8Array, env?: NodeJS.ProcessEnv): Promise<Ended>;
  /** How many items each of these has. */
  items(...mailboxes: readonly string[]): readonly number[];
}

const CONFIG = `import { defineConfig, secret, setting } from '@appointed/cli';
import { basic, ews } from '@appointed/transport-ews';
import lesson from './factories/lesson.mjs';
import meeting from './factories/meeting.mjs';

export default defineConfig({
  transport: () =>
    ews({ url: setting('EWS_URL'), credentials: basic({ user: setting('EWS_USER'), password: secret('EWS_PASSWORD') }) }),
  factories: { lesson, meeting },
});
`;

const FACTORY = (fields: string): string => `export default {
  version: '1',
  getAppointment: ({ mailbox }) => ({
    subject: 'Lesson for ' + (mailbox.attributes.Name ?? 'everybody'),
    start: { dateTime: '2027-03-01T09:00', timeZone: 'Europe/Berlin' },
    end: { dateTime: '2027-03-01T10:00', timeZone: 'Europe/Berlin' },
    ${fields}
  }),
};
`;

export async function openWorkplace(
  mailboxes: readonly string[],
  faults: readonly FaultRule[] = [],
  refused = 'president@contoso.com',
): Promise<Workplace> {
  const directory = mkdtempSync(join(tmpdir(), 'appointed-cli-'));
  const sandbox = await startSandbox({
    mailboxes: mailboxes.map((address) => ({ address })),
    serviceAccounts: [{ user: USER, password: PASSWORD, impersonates: ['*', `!${refused}`] }],
    signIn: ['ntlm', 'basic', 'bearer'],
    faults,
  });
  // What decides on colours: Node shows none where CI is set.
  const { NODE_OPTIONS: _options, NO_COLOR: _colour, FORCE_COLOR: _force, CI: _ci, ...inherited } = process.env;
  const env = { ...inherited, EWS_URL: sandbox.ewsUrl, EWS_USER: USER, EWS_PASSWORD: PASSWORD };
  const place: Workplace = {
    directory,
    sandbox,
    env,
    async write(name, content) {
      await mkdir(dirname(join(directory, name)), { recursive: true });
      writeFileSync(join(directory, name), content);
    },
    appointed: (args, input = '', env = place.env, columns) => callHere({ args, directory, env, input, columns }),
    async published(args, input = '', env = place.env) {
      const bin = await builtCommand();
      const child = spawn(process.execPath, [bin, ...args], { cwd: directory, env });
      child.stdin.on('error', () => undefined);
      child.stdin.end(input);
      const [stdout, stderr, [code]] = await Promise.all([
        text(child.stdout),
        text(child.stderr),
        once(child, 'close'),
      ]);
      return { code, stdout, stderr };
    },
    items: (...addresses) => addresses.map((address) => sandbox.items(address).length),
    async [Symbol.asyncDispose]() {
      await sandbox.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
  await place.write('appointed.config.ts', CONFIG);
  await place.write('factories/lesson.mjs', FACTORY(''));
  await place.write(
    'factories/meeting.mjs',
    FACTORY("requiredAttendees: ['trainer@contoso.com', 'room@contoso.com'],"),
  );
  await place.write('people.csv', `Name,E-Mail\n${mailboxes.map((one) => `${one.split('@')[0]},${one}`).join('\n')}\n`);
  return place;
}

async function text(stream: Readable): Promise<string> {
  let all = '';
  for await (const chunk of stream.setEncoding('utf8')) all += chunk;
  return all;
}

/** The records that a command printed with `--json`. */
export function records({ stdout }: Ended): readonly Readonly<Record<string, unknown>>[] {
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

/** As many addresses. */
export function people(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `person-${index + 1}@contoso.com`);
}
