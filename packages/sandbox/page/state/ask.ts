/** Asks the sandbox for something. @throws Error with its words for what is wrong */
export async function ask<T>(
  path: string,
  query: Readonly<Record<string, string>> = {},
  signal?: AbortSignal,
): Promise<T> {
  const parameters = new URLSearchParams(query);
  return read<T>(await fetch(`${path}?${parameters}`, signal === undefined ? {} : { signal }));
}

/** Has the sandbox do something. @throws Error with its words for what is wrong */
export async function tell(method: 'POST' | 'DELETE', path: string, body: unknown = {}): Promise<void> {
  const headers = { 'content-type': 'application/json' };
  await read(await fetch(path, method === 'DELETE' ? { method } : { method, headers, body: JSON.stringify(body) }));
}

async function read<T>(response: Response): Promise<T> {
  const answer = (await response.json()) as T | { error: string };
  if (response.ok) return answer as T;
  throw new Error((answer as { error: string }).error);
}
