import type { PlacementRow, RunLedger, RunManifest } from '@appointed/core';
import { Command } from 'commander';
import { stringify } from 'csv-stringify/sync';
import { OpenConfig } from '../config/open-config.js';
import type { ExitCode } from '../exit-code.js';
import type { Output } from '../output/output.js';
import { printable } from '../output/printable.js';
import { writePrivately } from '../output/private-file.js';
import { withoutSecrets } from '../output/secrets.js';
import { getRun } from '../run/find-run.js';
import { done, perform } from '../run/perform.js';
import type { CommonFlags } from './flags.js';

interface Flags extends CommonFlags {
  readonly output?: string;
  readonly force?: boolean;
}

const EXAMPLES = `
Examples:
  $ appointed export all-hands-2027 --output audit.csv
  $ appointed export all-hands-2027 --json`;

/** `appointed export` */
export function exportCommand(): Command {
  return new Command('export')
    .description('what the ledger says of each placement: an audit, as CSV or with --json as JSON lines')
    .argument('<run>', 'its id')
    .option('-o, --output <file>', 'write it there, readable for you alone')
    .option('--force', 'write over a file that is there')
    .addHelpText('after', EXAMPLES)
    .action((runId: string, _flags, called: Command) => {
      const flags = called.optsWithGlobals<Flags>();
      return perform(flags, (output) => exportRun(runId, flags, output));
    });
}

async function exportRun(runId: string, flags: Flags, output: Output): Promise<ExitCode> {
  await using open = await OpenConfig.load(flags);
  const ledger = await open.ledger();
  const manifest = await getRun(ledger, runId);
  if (flags.output !== undefined) {
    const rows = flags.json === true ? jsonLines(ledger, manifest) : csvLines(ledger, manifest);
    await writePrivately(flags.output, rows, flags);
    output.record('written', { file: flags.output });
    output.say(`Written to ${flags.output}.`);
  } else if (flags.json === true) {
    for await (const row of ledger.rows(runId)) output.record('row', auditOf(manifest, row));
  } else {
    for await (const line of csvLines(ledger, manifest)) output.say(line.trimEnd());
  }
  return done();
}

type Audit = Readonly<Record<string, string | number | undefined>>;

const COLUMNS = [
  'run',
  'runStartedAt',
  'transport',
  'row',
  'mailbox',
  'kind',
  'slot',
  'key',
  'task',
  'state',
  'attempts',
  'lastTriedAt',
  'dueAt',
  'code',
  'serverCode',
  'message',
  'itemId',
  'iCalUid',
  'requestId',
] as const;

/** Who, when, what, and how it ended. */
function auditOf({ runId, startedAt, transport }: RunManifest, placement: PlacementRow): Audit {
  const { row, mailbox, slot, key, task, state, attempts, claimedAt, dueAt, error, receipt } = placement;
  return {
    run: runId,
    runStartedAt: timeOf(startedAt),
    transport,
    row,
    mailbox: mailbox.id,
    kind: mailbox.kind,
    slot,
    key,
    task,
    state,
    attempts,
    lastTriedAt: timeOf(claimedAt),
    dueAt: timeOf(dueAt),
    code: error?.code,
    serverCode: error?.serverCode,
    message: error?.message,
    itemId: receipt?.itemId,
    iCalUid: receipt?.iCalUid,
    requestId: receipt?.requestId,
  };
}

function timeOf(ms: number | undefined): string | undefined {
  return ms === undefined ? undefined : new Date(ms).toISOString();
}

async function* csvLines(ledger: RunLedger, manifest: RunManifest): AsyncGenerator<string> {
  yield `${COLUMNS.join(',')}\r\n`;
  for await (const row of ledger.rows(manifest.runId)) {
    const audit = auditOf(manifest, row);
    const cells = COLUMNS.map((name) => printable(withoutSecrets(String(audit[name] ?? ''))));
    // A spreadsheet must not take what a server said for a formula.
    yield stringify([cells], { escape_formulas: true, record_delimiter: '\r\n' });
  }
}

async function* jsonLines(ledger: RunLedger, manifest: RunManifest): AsyncGenerator<string> {
  for await (const row of ledger.rows(manifest.runId)) {
    yield `${withoutSecrets(JSON.stringify({ type: 'row', ...auditOf(manifest, row) }))}\n`;
  }
}
