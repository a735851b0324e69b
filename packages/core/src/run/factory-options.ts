import { zoneOf } from '../appointment/zone.js';
import type { IAppointmentFactory } from '../factory/appointment-factory.js';
import type { Token } from '../plugin/token.js';
import { refuse } from './refuse.js';
import { isRunName } from './run-name.js';

/** A factory as it is, as a class that the runner's container makes, or as a token that a plugin provided. */
export type FactoryReference =
  | IAppointmentFactory
  | (new (...dependencies: never[]) => IAppointmentFactory)
  | Token<IAppointmentFactory>;

/** Who makes the appointments. */
export interface FactoryOptions {
  /** The one factory, in the slot `default`. Either this or `factories`. */
  readonly factory?: FactoryReference;
  /** Factories by the name of their slot. */
  readonly factories?: Readonly<Record<string, FactoryReference>>;
  /**
   * The zone of what is meant in the mailbox's own (days without a zone, `timeZone: 'mailbox'`), for mailboxes that have
   * none yet, where the appointment names none for that itself: an IANA or Windows name.
   */
  readonly fallbackTimeZone?: string;
}

/** The names of these options. */
export const FACTORY_OPTIONS: readonly (keyof FactoryOptions)[] = ['factory', 'factories', 'fallbackTimeZone'];

/** The name of a slot and the factory in it. */
export interface Slot {
  readonly name: string;
  readonly factory: IAppointmentFactory;
}

/** Makes a factory of what the caller gave. @throws AppointedError `factory_unresolvable` */
export type ResolveFactory = (reference: FactoryReference, slot: string) => IAppointmentFactory;

/** @throws AppointedError `unknown_time_zone` */
export function readFallbackTimeZone({ fallbackTimeZone }: FactoryOptions): string | undefined {
  if (fallbackTimeZone === undefined) return undefined;
  return zoneOf(String(fallbackTimeZone), 'fallbackTimeZone').iana;
}

/** @throws AppointedError `invalid_options`, and what `resolve` throws */
export function readSlots(options: FactoryOptions, resolve: ResolveFactory): readonly Slot[] {
  return Object.entries(slotsOf(options)).map(([name, reference]) => {
    if (!isRunName(name)) throw refuse('factories', `has a slot with an unusable name: ${JSON.stringify(name)}`);
    return { name, factory: resolve(reference, name) };
  });
}

function slotsOf({ factory, factories }: FactoryOptions): Readonly<Record<string, FactoryReference>> {
  if ((factory === undefined) === (factories === undefined)) throw refuse('factory', 'or factories: give one of them');
  if (factory !== undefined) return { default: factory };
  if (factories === undefined || Object.keys(factories).length === 0) throw refuse('factories', 'is empty');
  return factories;
}
