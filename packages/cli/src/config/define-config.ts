import type { AppointedPlugin, AppointmentTransport, FactoryReference, RunLedger } from '@appointed/core';

/** A value, or a function that makes it once it is needed: `appointed runs` needs no password. */
export type Lazily<T> = T | (() => T | Promise<T>);

/** What the command works with: the default export of `appointed.config.ts`. */
export interface AppointedConfig {
  /** What saves the appointments. May be left out where a plugin provides one. */
  readonly transport?: Lazily<AppointmentTransport>;
  /** Registered in their order. */
  readonly plugins?: readonly AppointedPlugin[];
  /** What remembers the runs. By default a SQLite file, `.appointed/ledger.sqlite` beside the configuration. */
  readonly ledger?: Lazily<RunLedger>;
  /**
   * Factories by the names that `--factory` takes, or records of factories, such as `publicHolidays` makes: of these each
   * one is in a slot of its own. Those in files need not be here.
   */
  readonly factories?: Readonly<Record<string, FactoryReference | Readonly<Record<string, FactoryReference>>>>;
  /** The most requests in flight. By default 10. */
  readonly maxInFlight?: number;
}

/** Gives a configuration its types. */
export function defineConfig(config: AppointedConfig): AppointedConfig {
  return config;
}
