import { GraphError } from '../graph-error.js';

/** The query of a request: system options (`$top`) and parameters (`startDateTime`), by name in any case. */
export class QueryOptions {
  private readonly values = new Map<string, string>();

  constructor(readonly search: URLSearchParams) {
    for (const [name, value] of search) this.values.set(name.toLowerCase(), value);
  }

  get(name: string): string | undefined {
    return this.values.get(name.toLowerCase());
  }

  /** Nothing that was asked for is passed over. @throws GraphError for a system option that is not among these */
  allow(...known: readonly string[]): void {
    for (const name of this.search.keys()) {
      if (!name.startsWith('$') || known.includes(name.toLowerCase())) continue;
      throw new GraphError(400, 'BadRequest', `The query parameter '${name}' is not supported.`);
    }
  }
}
