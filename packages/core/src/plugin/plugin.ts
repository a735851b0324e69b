import type { DependencyContainer } from 'tsyringe';

/**
 * What extends a runner: a name and a function that registers things in the runner's container. Plugins are registered
 * in their order, before the first run; the last registration of a token counts.
 */
export interface AppointedPlugin {
  readonly name: string;
  register(container: DependencyContainer): void | Promise<void>;
}
