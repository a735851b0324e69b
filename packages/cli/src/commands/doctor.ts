import { Command } from 'commander';
import { OpenConfig } from '../config/open-config.js';
import { type LevelCounts, sayFinding, sayHealth } from '../doctor/say-finding.js';
import { EXIT, type ExitCode } from '../exit-code.js';
import type { Output } from '../output/output.js';
import { Interrupts } from '../run/interrupts.js';
import { perform } from '../run/perform.js';
import { seconds, wholeNumber } from '../run/read-flags.js';
import { type CommonFlags, type ListFlags, listOf, withListFlags } from './flags.js';

interface Flags extends CommonFlags, ListFlags {
  readonly sample: number;
  readonly denied?: string;
  readonly canary?: string;
  readonly timeout?: number;
  readonly settle?: number;
}

const TIMEOUT_MS = 30_000;
const SETTLE_MS = 60_000;
const AT_ONCE = 'What the canary may have left is named.';

const EXAMPLES = `
Examples:
  $ appointed doctor --mailboxes people.csv
  $ appointed doctor --mailboxes people.csv --denied president@contoso.com --canary person-1@contoso.com
  $ appointed doctor --mailboxes people.csv --sample 50 --json`;

/** `appointed doctor` */
export function doctorCommand(): Command {
  const command = new Command('doctor')
    .description('what would keep runs from working, and what to do about it; writes nothing but the canary')
    .option('--sample <n>', 'ask about so many mailboxes of the list', wholeNumber(1), 10)
    .option('--denied <mailbox>', 'one that must not be acted for; it is only looked at')
    .option('--canary <mailbox>', 'one in which an appointment is saved, changed and removed')
    .option('--timeout <seconds>', 'how long one request may take (30)', seconds)
    .option('--settle <seconds>', 'how long a canary whose answer was lost is looked for (60)', seconds);
  return withListFlags(command, false)
    .addHelpText('after', EXAMPLES)
    .action((_flags, called: Command) => {
      const flags = called.optsWithGlobals<Flags>();
      return perform(flags, (output) => doctor(flags, output));
    });
}

async function doctor(flags: Flags, output: Output): Promise<ExitCode> {
  await using open = await OpenConfig.load(flags);
  using interrupts = new Interrupts(output, AT_ONCE);
  const { examine } = await import('../doctor/examine.js');
  const { sample: sampleSize, denied, canary, timeout: timeoutMs = TIMEOUT_MS, settle: settleMs = SETTLE_MS } = flags;
  const { pause, stop } = interrupts;
  const list = listOf(flags);
  const counts: { -readonly [L in keyof LevelCounts]: number } = { ok: 0, warning: 0, problem: 0, skipped: 0 };
  for await (const finding of examine(open, { list, sampleSize, denied, canary, timeoutMs, settleMs, pause, stop })) {
    counts[finding.level] += 1;
    sayFinding(output, finding);
  }
  const exitCode = pause.aborted ? EXIT.interrupted : counts.problem > 0 ? EXIT.someFailed : EXIT.done;
  sayHealth(output, counts, exitCode);
  return exitCode;
}
