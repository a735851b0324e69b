import tab from '@bomb.sh/tab/commander';
import { Command } from 'commander';
import { doctorCommand } from './commands/doctor.js';
import { exportCommand } from './commands/export.js';
import { forgetCommand } from './commands/forget.js';
import { initCommand } from './commands/init.js';
import { migrateCommand } from './commands/migrate.js';
import { newCommand } from './commands/new.js';
import { placeCommand } from './commands/place.js';
import { previewCommand } from './commands/preview.js';
import { reconcileCommand } from './commands/reconcile.js';
import { resumeCommand } from './commands/resume.js';
import { retractCommand } from './commands/retract.js';
import { reviseCommand } from './commands/revise.js';
import { runsCommand } from './commands/runs.js';
import { sandboxCommand } from './commands/sandbox.js';
import { statusCommand } from './commands/status.js';
import { verifyCommand } from './commands/verify.js';
import { printable } from './output/printable.js';

const EXIT_CODES = `
Exit codes:
  0    everything that was asked for is done
  1    some failed
  2    the command line, the configuration or a file makes no sense
  3    it ended early, or could not begin
  4    some are deferred or unknown: resume
  70   a defect of this command
  130  interrupted`;

const COMMANDS = [
  initCommand,
  newCommand,
  previewCommand,
  placeCommand,
  resumeCommand,
  runsCommand,
  statusCommand,
  reviseCommand,
  reconcileCommand,
  retractCommand,
  verifyCommand,
  exportCommand,
  forgetCommand,
  migrateCommand,
  doctorCommand,
  sandboxCommand,
];

/** The command line: every command, with what all of them may be told. */
export function makeProgram(version: string): Command {
  const program = new Command('appointed')
    .description("Puts appointments into many people's calendars, acting as each calendar's owner.")
    .version(version)
    .option('--config <file>', 'the configuration; by default the nearest appointed.config.ts')
    .option('--ledger <where>', 'a SQLite file, or postgres://…; by default what the configuration says')
    .option('--json', 'JSON lines on the standard output, for programs')
    .option('--debug', 'stacks of errors')
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({
      outputError: (text, write) => write(`appointed: ${inLines(text.replace(/^error: /, '[usage] '))}`),
    })
    .showHelpAfterError('See --help.')
    .addHelpText('after', EXIT_CODES);
  for (const make of COMMANDS) program.addCommand(make().copyInheritedSettings(program));
  tab(program, { completionCommandName: 'completion' });
  return program;
}

/** What the error quotes came from a command line, which may be anything. */
function inLines(text: string): string {
  return `${text.trimEnd().split('\n').map(printable).join('\n')}\n`;
}
