declare const brand: unique symbol;

/** The type of {@link NOTHING}. */
export type Nothing = symbol & { readonly [brand]: true };

/**
 * What a factory returns for a mailbox that is to get no appointment from it. The placement is passed over (`skipped`, with
 * the code `not_wanted`), which is no failure. Returning `undefined` is one: a forgotten `return` is no decision.
 */
export const NOTHING: Nothing = Symbol.for('appointed.nothing') as Nothing;
