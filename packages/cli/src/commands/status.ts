import type { RunManifest } from '@appointed/core';
import { Command } from 'commander';
import { OpenConfig } from '../config/open-config.js';
import { EXIT, type ExitCode } from '../exit-code.js';
import type { Output } from '../output/output.js';
import { sayTable } from '../output/table.js';
import { getRun } from '../run/find-run.js';
import type { States } from '../run/count-states.js';
import { perform } from '../run/perform.js';
import { stageOf } from '../run/stage-of.js';
import type { CommonFlags } from './flags.js';

const MOST_REASONS = 10;

const EXAMPLES = `
Examples:
  $ appointed status all-hands-2027
  $ appointed status all-hands-2027 --json`;

/** `appointed status` */
export function statusCommand(): Command {
  return new Command('status')
    .description('how a run stands, by its ledger')
    .argument('<run>', 'its id')
    .addHelpText('after', EXAMPLES)
    .action((runId: string, _flags, called: Command) => {
      const flags = called.optsWithGlobals<CommonFlags>();
      return perform(flags, (output) => status(runId, flags, output));
    });
}

async function status(runId: string, flags: CommonFlags, output: Output): Promise<ExitCode> {
  await using open = await OpenConfig.load(flags);
  const ledger = await open.ledger();
  const manifest = await getRun(ledger, runId);
  const { countStates } = await import('../run/count-states.js');
  const { states, reasons } = await countStates(ledger, runId);
  output.record('run', {
    ...manifest,
    startedAt: new Date(manifest.startedAt),
    states,
    reasons: Object.fromEntries(reasons),
  });
  sayStatus(output, manifest, { stage: await stageOf(ledger, manifest), states, reasons });
  if (states.waiting + states.claimed + states.deferred + states.unknown > 0) return EXIT.leftOpen;
  return states.rejected > 0 ? EXIT.someFailed : EXIT.done;
}

interface Standing {
  readonly stage: string;
  readonly states: States;
  readonly reasons: ReadonlyMap<string, number>;
}

function sayStatus(output: Output, manifest: RunManifest, { stage, states, reasons }: Standing): void {
  const { runId, startedAt, transport, audienceComplete, plan } = manifest;
  output.say(`Run ${runId}, ${stage}, started ${new Date(startedAt).toISOString()} through ${transport}.`);
  if (plan !== undefined) output.say(`It does what the plan ${plan} says.`);
  if (!audienceComplete) output.say('Its list was not read to the end: to resume it, give the list again.', 'doubtful');
  const counts = Object.entries(states)
    .filter(([, count]) => count > 0)
    .map(([name, count]) => [name, `${count}`]);
  sayTable(output, ['State', 'Placements'], counts);
  if (reasons.size === 0) return;
  const most = [...reasons].sort(([, a], [, b]) => b - a).slice(0, MOST_REASONS);
  sayTable(
    output,
    ['Why', 'Placements'],
    most.map(([reason, number]) => [reason, `${number}`]),
  );
}
