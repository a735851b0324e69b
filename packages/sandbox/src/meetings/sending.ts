/** Whom a change of a meeting is mailed to. */
export interface Sending {
  /** `changed`: those whom the change concerns. */
  readonly to: 'none' | 'all' | 'changed';
  /** A copy goes into the sender's Sent Items. */
  readonly savesCopy: boolean;
}
