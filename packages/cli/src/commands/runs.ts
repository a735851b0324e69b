import type { RunManifest, SettledCounts } from '@appointed/core';
import { Command } from 'commander';
import { OpenConfig } from '../config/open-config.js';
import type { ExitCode } from '../exit-code.js';
import type { Output } from '../output/output.js';
import { sayTable } from '../output/table.js';
import { done, perform } from '../run/perform.js';
import { stageOf } from '../run/stage-of.js';
import type { CommonFlags } from './flags.js';

const EXAMPLES = `
Examples:
  $ appointed runs
  $ appointed runs --json`;

/** `appointed runs` */
export function runsCommand(): Command {
  return new Command('runs')
    .description('the runs that the ledger knows, the newest first')
    .addHelpText('after', EXAMPLES)
    .action((_flags, called: Command) => {
      const flags = called.optsWithGlobals<CommonFlags>();
      return perform(flags, (output) => runs(flags, output));
    });
}

async function runs(flags: CommonFlags, output: Output): Promise<ExitCode> {
  await using open = await OpenConfig.load(flags);
  const ledger = await open.ledger();
  const rows: string[][] = [];
  for await (const manifest of ledger.runs()) {
    const settled = await ledger.settled(manifest.runId);
    output.record('run', { ...manifest, startedAt: new Date(manifest.startedAt), settled });
    if (!output.isJson) rows.push(rowOf(manifest, settled, await stageOf(ledger, manifest)));
  }
  if (rows.length === 0) output.say('The ledger knows no run.');
  else sayTable(output, ['Run', 'Started (UTC)', 'State', 'Done', 'Rejected', 'Removed'], rows);
  return done();
}

function rowOf({ runId, startedAt }: RunManifest, settled: SettledCounts, stage: string): string[] {
  const started = new Date(startedAt).toISOString().slice(0, 16).replace('T', ' ');
  return [runId, started, stage, `${settled.done}`, `${settled.rejected}`, `${settled.removed}`];
}
