import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { CommandError } from '../command-error.js';

/** What a list is called in messages. */
export function nameOfSource(source: string): string {
  return source === '-' ? 'the standard input' : source;
}

/**
 * The bytes of a file or of the standard input.
 * @throws CommandError `file_failed`, while it is read
 */
export async function* openSource(source: string): AsyncGenerator<Uint8Array> {
  try {
    yield* source === '-' ? process.stdin : createReadStream(source);
  } catch (cause) {
    throw unreadable(source, cause);
  }
}

/**
 * A list that is not there is noticed before anything is begun.
 * @throws CommandError `file_failed`
 */
export async function checkSource(source: string): Promise<void> {
  if (source === '-') return;
  try {
    const file = await open(source);
    const isDirectory = (await file.stat()).isDirectory();
    await file.close();
    if (isDirectory) throw new Error('it is a directory');
  } catch (cause) {
    throw unreadable(source, cause);
  }
}

function unreadable(source: string, cause: unknown): CommandError {
  const code = (cause as NodeJS.ErrnoException).code;
  const why = code === 'ENOENT' ? 'there is no such file' : cause instanceof Error ? cause.message : String(cause);
  return new CommandError('file_failed', `${nameOfSource(source)} cannot be read: ${why}`, 'Correct the path.', cause);
}
