/** Where the queue and the shared pacer live: in Redis, or in PostgreSQL. By the server's address. */
export type ClusterConnection =
  | {
      /** `redis://user:password@host:6379/0`, or `rediss:` for TLS. Its `maxmemory-policy` must be `noeviction`. */
      readonly redis: string;
    }
  | {
      /** `postgres://user:password@host:5432/database`. {@link migrateCluster} must have been called once. */
      readonly postgres: string;
    };

/** What runners and workers must have in common to work together. */
export interface ClusterOptions {
  readonly connection: ClusterConnection;
  /** Distinguishes clusters that share a server. By default `appointed`. */
  readonly name?: string;
  /**
   * What `bullmq-otel` makes (`new BullMQOtel('appointed')`): the trace that was active when work was handed out is then
   * active where it is done. By default jobs carry no trace.
   */
  readonly telemetry?: object;
}
