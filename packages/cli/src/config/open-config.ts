import { join } from 'node:path';
import type { AppointedPlugin, AppointmentTransport, ImpersonationRunner, RunLedger } from '@appointed/core';
import type { CommonFlags } from '../commands/flags.js';
import type { AppointedConfig, Lazily } from './define-config.js';
import { discreetLedger } from './discreet-ledger.js';
import { type LoadedConfig, loadConfig, ownFolder } from './load-config.js';
import { openNamedLedger, readLedgerPlace } from './named-ledger.js';

/** What a runner is to have besides what the configuration says. */
export interface RunnerNeeds {
  readonly maxInFlight?: number | undefined;
  /** Saves in place of what the configuration names. */
  readonly standIn?: AppointmentTransport;
  readonly plugin?: AppointedPlugin;
}

/** A configuration at work: what it makes is made when it is asked for, and closed at the end. */
export class OpenConfig implements AsyncDisposable {
  readonly config: AppointedConfig;
  /** Beside the configuration: what the command keeps. */
  readonly folder: string;
  #ledger: Promise<RunLedger> | undefined;
  #runner: ImpersonationRunner | undefined;

  private constructor({ config, file }: LoadedConfig) {
    this.config = config;
    this.folder = ownFolder(file);
  }

  /**
   * The configuration that is named, or the nearest, with the ledger that is named, or its own.
   * @throws CommandError `config_missing`, `config_invalid`, `usage`
   */
  static async load(named: Pick<CommonFlags, 'config' | 'ledger'>): Promise<OpenConfig> {
    const loaded = await loadConfig(named.config);
    if (named.ledger === undefined) return new OpenConfig(loaded);
    const place = readLedgerPlace(named.ledger);
    return new OpenConfig({ ...loaded, config: { ...loaded.config, ledger: () => openNamedLedger(place) } });
  }

  /** @throws what the configuration throws, AppointedError `ledger_failed` */
  ledger(): Promise<RunLedger> {
    this.#ledger ??= this.#openLedger();
    return this.#ledger;
  }

  /** @throws what the configuration throws, AppointedError `invalid_options` */
  async runner({ maxInFlight, standIn, plugin }: RunnerNeeds = {}): Promise<ImpersonationRunner> {
    const { plugins = [], maxInFlight: configured } = this.config;
    const transport = standIn ?? (await made(this.config.transport));
    const inFlight = maxInFlight ?? configured;
    const { createRunner } = await import('@appointed/core');
    this.#runner = await createRunner({
      ledger: await this.ledger(),
      plugins: plugin === undefined ? plugins : [...plugins, plugin],
      ...(transport === undefined ? {} : { transport }),
      ...(inFlight === undefined ? {} : { maxInFlight: inFlight }),
    });
    return this.#runner;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#runner?.close();
    const ledger = await this.#ledger?.catch(() => undefined);
    await ledger?.close();
  }

  async #openLedger(): Promise<RunLedger> {
    const own = await made(this.config.ledger);
    if (own !== undefined) return discreetLedger(own);
    const { sqliteLedger } = await import('@appointed/ledger-sqlite');
    return discreetLedger(sqliteLedger({ path: join(this.folder, 'ledger.sqlite') }));
  }
}

async function made<T extends object>(lazily: Lazily<T> | undefined): Promise<T | undefined> {
  return typeof lazily === 'function' ? await lazily() : lazily;
}
