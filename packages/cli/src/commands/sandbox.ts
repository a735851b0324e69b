import { readFile } from 'node:fs/promises';
import { once } from 'node:events';
import type { ExtendedProtection, MailboxSeed, SandboxOptions, SignInScheme } from '@appointed/sandbox';
import { Command } from 'commander';
import { CommandError } from '../command-error.js';
import type { ExitCode } from '../exit-code.js';
import type { ListOptions } from '../list/list-options.js';
import { readMailboxes } from '../list/read-mailboxes.js';
import type { Output } from '../output/output.js';
import { keepSecret } from '../output/secrets.js';
import { done, perform } from '../run/perform.js';
import { wholeNumber } from '../run/read-flags.js';
import { type CommonFlags, listOf, type ListFlags, withListFlags } from './flags.js';

interface Flags extends CommonFlags, ListFlags {
  readonly port: number;
  readonly host: string;
  readonly seed?: string;
  readonly faults?: string;
  readonly randomSeed?: number;
  readonly signIn?: readonly SignInScheme[];
  readonly extendedProtection?: ExtendedProtection;
  readonly tlsCert?: string;
  readonly tlsKey?: string;
}

const EXAMPLES = `
Examples:
  $ EWS_USER=svc EWS_PASSWORD=secret appointed sandbox --port 8025 --mailboxes people.csv
  $ appointed sandbox --seed exchange.seed.json
  $ appointed sandbox --mailboxes people.csv --sign-in negotiate,ntlm
  $ AZURE_CLIENT_ID=app AZURE_CLIENT_SECRET=secret appointed sandbox --mailboxes people.csv`;

/** `appointed sandbox` */
export function sandboxCommand(): Command {
  const command = new Command('sandbox')
    .description('a local Exchange to try things on, until Ctrl-C')
    .option('--port <n>', 'port to listen on; 0 takes a free one', wholeNumber(0), 0)
    .option('--host <address>', 'anything but loopback lets others in', '127.0.0.1')
    .option('--seed <file>', 'JSON with mailboxes, serviceAccounts and applications')
    .option('--faults <file>', 'JSON list of what goes wrong, and when')
    .option('--random-seed <n>', 'repeats the chance of an earlier run', wholeNumber(0))
    .option('--sign-in <list>', 'of negotiate, ntlm, basic and bearer, with commas between', schemes)
    .option('--extended-protection <level>', 'none, allow or require; for NTLM')
    .option('--tls-cert <file>', 'serves HTTPS with this certificate (PEM)')
    .option('--tls-key <file>', 'the key of the certificate (PEM)');
  return withListFlags(command, false)
    .addHelpText('after', EXAMPLES)
    .action((_flags, called: Command) => {
      const flags = called.optsWithGlobals<Flags>();
      return perform(flags, (output) => sandbox(flags, output));
    });
}

async function sandbox(flags: Flags, output: Output): Promise<ExitCode> {
  const { port, host, randomSeed } = flags;
  const chance = randomSeed === undefined ? {} : { randomSeed };
  const security = await securityOf(flags);
  const seed = { ...(await seedOf(flags)), ...(await faultsOf(flags)), ...security, ...chance, port, host };
  const { startSandbox } = await import('@appointed/sandbox');
  await using exchange = await startSandbox(seed).catch((cause: unknown) => {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new CommandError(
      'usage',
      `the local Exchange cannot start: ${why}`,
      'Correct the flag or the file, or take another port.',
      cause,
    );
  });
  const { ewsUrl, graphUrl, url } = exchange;
  output.record('sandbox', { ewsUrl, graphUrl, url, randomSeed: exchange.randomSeed });
  output.say(`A local Exchange listens, EWS at ${ewsUrl}; its page is ${url}/. Ctrl-C ends it.`);
  output.say(`As Exchange Online: GRAPH_URL=${graphUrl} AZURE_AUTHORITY_HOST=${url}`);
  await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM'), once(process, 'SIGHUP')]);
  return done();
}

/** A seed file, or the mailboxes of a list, with one account and one application that may act for all of them. */
async function seedOf({ seed, ...flags }: Flags): Promise<SandboxOptions> {
  if (seed !== undefined) return (await readJson(seed)) as SandboxOptions;
  const list = listOf(flags);
  if (list === undefined)
    throw new CommandError('usage', 'the local Exchange needs mailboxes', 'Give --mailboxes or --seed.');
  const { EWS_USER: user = 'svc', EWS_PASSWORD: password = 'secret' } = process.env;
  const { AZURE_CLIENT_ID: clientId = 'app', AZURE_CLIENT_SECRET: clientSecret = 'secret' } = process.env;
  keepSecret(password);
  keepSecret(clientSecret);
  return {
    mailboxes: await mailboxesOf(list),
    serviceAccounts: [{ user, password, impersonates: ['*'] }],
    applications: [{ clientId, clientSecret, mailboxes: ['*'] }],
  };
}

/** What is no address is left out: it makes a mailbox that does not exist. */
async function mailboxesOf(list: ListOptions): Promise<readonly MailboxSeed[]> {
  const { parseMailbox } = await import('@appointed/core');
  const seeds = new Map<string, MailboxSeed>();
  for await (const row of readMailboxes(list)) {
    try {
      const { id, kind } = parseMailbox(row);
      if (kind === 'smtp' || kind === 'upn') seeds.set(id.toLowerCase(), { address: id });
    } catch {
      continue;
    }
  }
  return [...seeds.values()];
}

async function faultsOf({ faults }: Flags): Promise<Pick<SandboxOptions, 'faults'>> {
  return faults === undefined ? {} : { faults: (await readJson(faults)) as NonNullable<SandboxOptions['faults']> };
}

/** Names are checked where the local Exchange starts. */
function schemes(text: string): readonly SignInScheme[] {
  return text.split(',').map((name) => name.trim().toLowerCase() as SignInScheme);
}

async function securityOf({ signIn, extendedProtection, tlsCert, tlsKey }: Flags): Promise<SandboxOptions> {
  const demands = {
    // What init's configurations sign in with.
    signIn: signIn ?? ['ntlm', 'basic', 'bearer'],
    ...(extendedProtection === undefined ? {} : { extendedProtection }),
  };
  if (tlsCert === undefined && tlsKey === undefined) return demands;
  if (tlsCert === undefined || tlsKey === undefined) {
    throw new CommandError('usage', '--tls-cert and --tls-key go together', 'Give both.');
  }
  return { ...demands, tls: { cert: await readPem(tlsCert), key: await readPem(tlsKey) } };
}

function readPem(file: string): Promise<string> {
  return read(file, 'PEM', (text) => text);
}

function readJson(file: string): Promise<unknown> {
  return read(file, 'JSON', (text) => JSON.parse(text.replace(/^\ufeff/, '')));
}

async function read<T>(file: string, kind: string, parse: (text: string) => T): Promise<T> {
  try {
    return parse(await readFile(file, 'utf8'));
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new CommandError('file_failed', `${file} cannot be read: ${why}`, `Give the path of a ${kind} file.`, cause);
  }
}
