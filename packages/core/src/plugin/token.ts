import type { DependencyContainer } from 'tsyringe';

declare const provides: unique symbol;

/** A name in a container that carries, for the type checker, what is registered under it. */
export type Token<T> = symbol & { readonly [provides]?: T };

/** Makes a token. The same name gives the same token, from whichever copy of this package. */
export function createToken<T>(name: string): Token<T> {
  return Symbol.for(`appointed.${name}`) as Token<T>;
}

/**
 * Registers what a token stands for, once per container, without decorators:
 * `provide(container, CLUB, () => new TennisClub())`.
 */
export function provide<T>(
  container: DependencyContainer,
  token: Token<T>,
  make: (container: DependencyContainer) => T,
): void {
  const made = new WeakMap<DependencyContainer, { readonly value: T }>();
  container.register<T>(token, {
    useFactory: (asked) => {
      const known = made.get(asked) ?? { value: make(asked) };
      made.set(asked, known);
      return known.value;
    },
  });
}

/** What {@link provide} registered. */
export function resolve<T>(container: DependencyContainer, token: Token<T>): T {
  return container.resolve<T>(token);
}
