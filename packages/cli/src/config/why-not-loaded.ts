/** Why a file cannot be loaded, in one line: where it breaks off, a parser says in its second. */
export function whyNotLoaded(cause: unknown): string {
  const [what = '', where = ''] = (cause instanceof Error ? cause.message : String(cause)).split('\n');
  const [, file, line] = /^(.+):(\d+):\d+$/.exec(where.trim()) ?? [];
  return file === undefined ? what.trim() : `${what.trim()} in ${file}, line ${line}`;
}
