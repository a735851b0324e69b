import { constants } from 'node:fs';
import { access, stat, statfs } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { OpenConfig } from '../config/open-config.js';
import { shellLine } from '../run/shell-line.js';
import type { DoctorFinding } from './doctor-finding.js';

const MIB = 1024 * 1024;
/** A run over a million mailboxes takes some 400 MB; what else is on the disk grows, too. */
const ENOUGH_MIB = 1024;

/** Can the ledger be written, is there room for it, and can others read whose addresses it holds? */
export async function examineLedger(open: OpenConfig): Promise<readonly DoctorFinding[]> {
  const own = open.config.ledger !== undefined;
  const path = join(open.folder, 'ledger.sqlite');
  const subject = own ? 'the ledger of the configuration' : path;
  const trouble = own || (await isThere(path)) ? await openingFails(open) : await makingFails(path);
  if (trouble !== undefined) return [unwritable(subject, trouble)];
  if (own) return [unexamined(subject)];
  return [...(await examineSpace(path)), ...(await examineMode(path))];
}

/** The format is known, and this account may write to it. */
async function openingFails(open: OpenConfig): Promise<string | undefined> {
  try {
    await open.ledger();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** A ledger is made by the first run: here only what it would be made in is looked at. */
async function makingFails(path: string): Promise<string | undefined> {
  const folder = await nearestThere(path);
  try {
    if (!(await stat(folder)).isDirectory()) return `${folder} is no directory`;
    await access(folder, constants.W_OK | constants.X_OK);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

async function nearestThere(path: string): Promise<string> {
  const folder = dirname(path);
  return folder === path || (await isThere(folder)) ? folder : nearestThere(folder);
}

async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

async function examineSpace(path: string): Promise<readonly DoctorFinding[]> {
  const { bavail, bsize } = await statfs(await nearestThere(path));
  const free = Math.floor((bavail * bsize) / MIB);
  const made = (await isThere(path)) ? 'can be written' : 'can be made';
  const ready: DoctorFinding = {
    code: 'ledger_ready',
    level: 'ok',
    subject: path,
    message: `${made}; ${free} MiB are free.`,
  };
  if (free >= ENOUGH_MIB) return [ready];
  const message = `has ${free} MiB left on its disk.`;
  const advice =
    'Make room: a million placements take some 400 MB. When the disk is full the run ends, and can be resumed.';
  return [ready, { code: 'disk_low', level: 'warning', subject: path, message, advice }];
}

/** SQLite's own files beside it have the modes of the file. */
async function examineMode(path: string): Promise<readonly DoctorFinding[]> {
  if (process.platform === 'win32' || !(await isThere(path))) return [];
  const mode = (await stat(path)).mode & 0o777;
  if ((mode & 0o077) === 0) return [];
  const message = `may be read by others (mode ${mode.toString(8)}): it holds people's addresses.`;
  const commands = [shellLine(['chmod', '600', path])];
  return [
    { code: 'ledger_exposed', level: 'warning', subject: path, message, advice: 'Keep it to yourself:', commands },
  ];
}

function unwritable(subject: string, why: string): DoctorFinding {
  const message = `cannot be used: ${why}.`.replace('..', '.');
  const advice = 'Let this account write there, or name another ledger in the configuration: without it no run begins.';
  return { code: 'ledger_unwritable', level: 'problem', subject, message, advice };
}

function unexamined(subject: string): DoctorFinding {
  const message = 'opens; where it is kept, and how much room there is, it does not say.';
  return { code: 'ledger_unexamined', level: 'skipped', subject, message, advice: 'Look after its disk by hand.' };
}
