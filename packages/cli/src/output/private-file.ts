import { open } from 'node:fs/promises';
import { CommandError } from '../command-error.js';

/** How a file is written. */
export interface FileOptions {
  /** Writes over one that is there. */
  readonly force?: boolean | undefined;
}

/**
 * Writes a file that its owner alone can read: it may hold people's addresses.
 * @throws CommandError `file_exists`, `file_failed`
 */
export async function writePrivately(
  path: string,
  lines: AsyncIterable<string> | Iterable<string>,
  { force }: FileOptions = {},
): Promise<void> {
  try {
    await using file = await open(path, force === true ? 'w' : 'wx', 0o600);
    let chunk = '';
    for await (const line of lines) {
      chunk += line;
      if (chunk.length > 65_536) {
        await file.appendFile(chunk);
        chunk = '';
      }
    }
    await file.appendFile(chunk);
  } catch (cause) {
    throw failed(path, cause);
  }
}

function failed(path: string, cause: unknown): unknown {
  const { code, message } = cause as NodeJS.ErrnoException;
  if (code === 'EEXIST')
    return new CommandError('file_exists', `${path} is there already`, 'Add --force to write over it.');
  // What has another cause than the file says so itself.
  if (code === undefined || !/^E[A-Z]+$/.test(code)) return cause;
  return new CommandError('file_failed', `${path} cannot be written: ${message}`, 'Choose another place.', cause);
}
