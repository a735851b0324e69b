/** One request for a mailbox. */
export interface GraphRequest {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Below `/users/{id}`, with a query: `/events?$top=10`; empty for the user itself. Below `/users` of the directory. */
  readonly path: string;
  /** It asks the directory for somebody. By default it is about the mailbox. */
  readonly isAboutDirectory?: true;
  readonly body?: object;
  /** The change key that the item must still have. */
  readonly ifMatch?: string;
}

/** A path with query options; their values may hold anything. */
export function pathWith(path: string, options: Readonly<Record<string, string>>): string {
  const query = Object.entries(options).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  return `${path}?${query.join('&')}`;
}

/** A string in a filter: OData doubles its quotes. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
