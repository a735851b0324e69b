/** What an error means for the request: the outcomes, with a rejection's scope. */
export type Meaning = 'unknown' | 'deferred' | 'placement' | 'mailbox' | 'run';

const MEANINGS: Readonly<Record<'unknown' | 'deferred' | 'mailbox', readonly string[]>> = {
  // The server broke off while it was at work, or has seen the same request before: the event may be there.
  unknown: [
    'ErrorDuplicateTransactionId',
    'ErrorTimeoutExpired',
    'ErrorInternalServerError',
    'ErrorInternalServerTransientError',
    'ErrorMailboxStoreUnavailable',
    'ErrorMailboxFailover',
    'ErrorMailboxMoveInProgress',
    'ErrorConnectionFailed',
    'ErrorInsufficientResources',
    'ErrorADUnavailable',
    'ErrorADOperation',
    'ErrorItemSave',
    // Of something new: it was stored and could not be read back.
    'ErrorItemNotFound',
  ],
  deferred: [
    'ApplicationThrottled',
    'ErrorExceededConnectionCount',
    'ErrorServerBusy',
    'ErrorTooManyObjectsOpened',
    'TooManyRequests',
    'activityLimitReached',
  ],
  mailbox: [
    'ErrorAccessDenied',
    'ErrorAccountDisabled',
    'ErrorInvalidUser',
    'ErrorMailboxConfiguration',
    'ErrorMessageSizeExceeded',
    'ErrorNonExistentMailbox',
    'ErrorQuotaExceeded',
    'MailboxNotEnabledForRESTAPI',
    'MailboxNotSupportedForRESTAPI',
    'Request_ResourceNotFound',
    'ResourceNotFound',
  ],
};

const byCode = new Map<string, Meaning>(
  Object.entries(MEANINGS).flatMap(([meaning, codes]) => codes.map((code) => [code, meaning as Meaning] as const)),
);

/** The meaning of an error: by its code where that is known, else by the HTTP status. */
export function meaningOf(status: number, code: string | undefined): Meaning {
  if (status === 401) return 'run';
  if (status === 429) return 'deferred';
  // Gateways answer 502 to 504 with the event stored, whatever their words.
  if (status > 500) return 'unknown';
  if (status === 500) return byCode.get(code ?? '') === 'deferred' ? 'deferred' : 'unknown';
  return byCode.get(code ?? '') ?? byStatus(status);
}

function byStatus(status: number): Meaning {
  if (status >= 300 && status < 400) return 'run';
  if (status === 403 || status === 404) return 'mailbox';
  // Timeout, conflict, locked: others are at work there.
  if (status === 408 || status === 409 || status === 423) return 'unknown';
  return 'placement';
}
