import type { DependencyContainer, InjectionToken } from 'tsyringe';
import { AppointedError } from '../error/appointed-error.js';
import { causeText } from '../error/cause-text.js';
import type { IAppointmentFactory } from '../factory/appointment-factory.js';
import type { FactoryReference } from './factory-options.js';

/** @throws AppointedError `factory_unresolvable` */
export function resolveFactory(
  container: DependencyContainer,
  reference: FactoryReference,
  slot: string,
): IAppointmentFactory {
  const factory = isFactory(reference) ? reference : fromContainer(container, reference, slot);
  if (isFactory(factory)) return factory;
  throw refuse(slot, 'has no method getAppointment');
}

function fromContainer(container: DependencyContainer, reference: FactoryReference, slot: string): unknown {
  if (typeof reference !== 'function' && typeof reference !== 'symbol') {
    throw refuse(slot, 'is neither a factory, nor a class, nor a token');
  }
  try {
    return container.resolve(reference as InjectionToken<unknown>);
  } catch (cause) {
    const text = causeText(cause);
    throw refuse(slot, `could not be made by the container: ${text}`, cause);
  }
}

function isFactory(value: unknown): value is IAppointmentFactory {
  return typeof (value as Partial<IAppointmentFactory> | null | undefined)?.getAppointment === 'function';
}

function refuse(slot: string, complaint: string, cause?: unknown): AppointedError {
  return new AppointedError('factory_unresolvable', `the factory of slot ${slot} ${complaint}`, {
    field: slot === 'default' ? 'factory' : `factories.${slot}`,
    hint: 'Give an instance, a class without dependencies, or a token that a plugin provides.',
    cause,
  });
}
