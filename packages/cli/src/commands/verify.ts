import type { Finding, VerifyReport } from '@appointed/core';
import { Command } from 'commander';
import { OpenConfig } from '../config/open-config.js';
import { EXIT, type ExitCode } from '../exit-code.js';
import type { Output } from '../output/output.js';
import { callOptions, given } from '../run/call-options.js';
import { Interrupts } from '../run/interrupts.js';
import { perform } from '../run/perform.js';
import type { CommonFlags } from './flags.js';

interface Flags extends CommonFlags {
  readonly repair?: boolean;
  readonly exclude?: string;
}

const EXAMPLES = `
Examples:
  $ appointed verify all-hands-2027
  $ appointed verify all-hands-2027 --repair`;

/** `appointed verify` */
export function verifyCommand(): Command {
  return new Command('verify')
    .description('compare what the ledger says of a run with the server')
    .argument('<run>', 'its id')
    .option('--repair', 'remove, silently, all but one where somebody has several')
    .option('--exclude <file>', 'mailboxes that are left alone')
    .addHelpText('after', EXAMPLES)
    .action((runId: string, _flags, called: Command) => {
      const flags = called.optsWithGlobals<Flags>();
      return perform(flags, (output) => verify(runId, flags, output));
    });
}

async function verify(runId: string, flags: Flags, output: Output): Promise<ExitCode> {
  const { repair, exclude } = flags;
  await using open = await OpenConfig.load(flags);
  const runner = await open.runner();
  runner.on('differenceFound', ({ finding, key }) => sayDifference(output, finding, key));
  using interrupts = new Interrupts(output);
  const options = { ...(await callOptions(given({ exclude }))), ...given({ repair }) };
  const report = await runner.verify(runId, { ...options, signal: interrupts.stop, pause: interrupts.pause });
  const exitCode = exitCodeOf(report, interrupts.pause.aborted);
  sayReport(output, report, exitCode);
  return exitCode;
}

function sayDifference(output: Output, finding: Finding, key: string): void {
  const { mailbox, kind, tooMany = 0, removed = 0, error } = finding;
  output.record('difference', { ...finding, key, error: error?.toJSON() });
  const repaired = removed > 0 ? `, ${removed} removed` : '';
  const text = kind === 'double' ? `${mailbox}  ${tooMany} too many${repaired}` : mailbox;
  output.say(`${kind.padEnd(9)} ${text}${error === undefined ? '' : `  ${error.message}`}`, 'doubtful');
}

function sayReport(output: Output, report: VerifyReport, exitCode: ExitCode): void {
  const { counts, stopped, runId } = report;
  const { placements, right, ...others } = counts;
  output.record('comparison', {
    runId,
    counts,
    findings: report.findings.map((finding) => ({ ...finding, error: finding.error?.toJSON() })),
    stopped: stopped?.toJSON(),
    exitCode,
  });
  const differences = Object.entries(others).filter(([, count]) => count > 0);
  const text = [
    `${right} of ${placements} as the ledger says`,
    ...differences.map(([kind, count]) => `${count} ${kind}`),
  ];
  output.say(`Run ${runId}: ${text.join(', ')}.`, exitCode === EXIT.done ? 'good' : 'plain');
  if (stopped !== undefined) output.note(`It ended early: ${stopped.message}`, 'bad');
}

/** What an owner has deleted is the owner's right. What is double and was repaired is right again. */
function exitCodeOf({ counts, findings, stopped }: VerifyReport, isInterrupted: boolean): ExitCode {
  if (stopped !== undefined) return isInterrupted ? EXIT.interrupted : EXIT.stopped;
  const repaired = findings.filter(({ kind, tooMany, removed }) => kind === 'double' && tooMany === removed).length;
  const { missing, double, foreign, unread } = counts;
  return missing + double - repaired + foreign + unread > 0 ? EXIT.someFailed : EXIT.done;
}
