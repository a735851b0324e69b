/** What a response code means for the request: the outcomes, with a rejection's scope. */
export type Meaning = 'unknown' | 'deferred' | 'placement' | 'mailbox' | 'run';

const MEANINGS: Readonly<Record<Exclude<Meaning, 'placement'>, readonly string[]>> = {
  // The server broke off while it was at work: the item may be there.
  unknown: [
    'ErrorTimeoutExpired',
    'ErrorInternalServerError',
    'ErrorInternalServerTransientError',
    'ErrorClientDisconnected',
    'ErrorItemSave',
    'ErrorMailboxStoreUnavailable',
    'ErrorMailboxFailover',
    'ErrorMailboxMoveInProgress',
    'ErrorConnectionFailed',
    'ErrorInsufficientResources',
    'ErrorADUnavailable',
    'ErrorADOperation',
    // Seen from servers that store first and read or send the item afterwards.
    'ErrorItemNotFound',
    'ErrorItemCorrupt',
    'ErrorItemPropertyRequestFailed',
    'ErrorMissingRecipients',
    'ErrorInvalidRoutingType',
    'ErrorMoveCopyFailed',
  ],
  deferred: [
    'ErrorServerBusy',
    'ErrorExceededConnectionCount',
    'ErrorTooManyObjectsOpened',
    'ErrorBatchProcessingStopped',
  ],
  mailbox: [
    'ErrorNonExistentMailbox',
    'ErrorCannotFindUser',
    'ErrorImpersonateUserDenied',
    'ErrorMissingEmailAddress',
    'ErrorNonPrimarySmtpAddress',
    'ErrorAccountDisabled',
    'ErrorMailboxConfiguration',
    'ErrorQuotaExceeded',
    'ErrorMessageSizeExceeded',
    'ErrorAccessDenied',
  ],
  run: ['ErrorImpersonationDenied', 'ErrorImpersonationFailed', 'ErrorInvalidExchangeImpersonationHeaderData'],
};

const byCode = new Map<string, Meaning>(
  Object.entries(MEANINGS).flatMap(([meaning, codes]) => codes.map((code) => [code, meaning as Meaning] as const)),
);

/**
 * The meaning of a ResponseCode. One that is not listed is about the item itself (ErrorInvalidRecipients, the many
 * ErrorCalendar…): nothing was stored, and the same again would end the same.
 */
export function meaningOf(code: string): Meaning {
  return byCode.get(code) ?? 'placement';
}
