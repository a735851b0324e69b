/** A statement, as `pg` takes it. */
export interface PostgresQuery {
  /** Of one that is prepared: the same name always stands for the same text. */
  readonly name?: string;
  readonly text: string;
  readonly values: unknown[];
  readonly rowMode: 'array';
  /** How what is answered is read: by the number of its type in PostgreSQL. */
  readonly types: { getTypeParser(oid: number): (text: string) => unknown };
}

/** One connection, as a `pg.PoolClient` is one. */
export interface PostgresClient {
  query(query: PostgresQuery): Promise<{ readonly rows: unknown[] }>;
  on(event: 'error', listener: (error: Error) => void): unknown;
  off(event: 'error', listener: (error: Error) => void): unknown;
  /** Gives it back to the pool; with true, it is closed. */
  release(destroy?: boolean): void;
}

/** Connections to a database, as a `pg.Pool` is one. */
export interface PostgresPool {
  connect(): Promise<PostgresClient>;
}
