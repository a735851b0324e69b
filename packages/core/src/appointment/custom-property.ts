import type { MomentInput } from './moment.js';

/**
 * A named property of one's own, beside those that Outlook shows. Exchange limits how many different names a mailbox may
 * ever have: use few names, and never one per run or per person.
 */
export interface CustomPropertyInput {
  /** The GUID of one's own property set; Appointed's is reserved. */
  readonly propertySetId: string;
  /** 1 to 255 characters. */
  readonly name: string;
  /** Text, a whole number of 32 bits, a truth value, or a moment. */
  readonly value: string | number | boolean | MomentInput;
}

/** The identity of a named property. */
export interface CustomPropertyName {
  /** A GUID in lower case, without braces. */
  readonly propertySetId: string;
  readonly name: string;
  /** EWS PropertyType String, Integer, Boolean, SystemTime. */
  readonly type: 'string' | 'integer' | 'boolean' | 'time';
}

/** A named property and its value: EWS element ExtendedProperty, Graph singleValueLegacyExtendedProperty. */
export type CustomProperty = CustomPropertyName &
  (
    | { readonly type: 'string'; readonly value: string }
    | { readonly type: 'integer'; readonly value: number }
    | { readonly type: 'boolean'; readonly value: boolean }
    /** In UTC: `2027-01-15T08:00:00Z`. */
    | { readonly type: 'time'; readonly value: string }
  );
