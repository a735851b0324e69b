/** What an error may carry besides its code and its text. */
interface More {
  readonly headers?: Readonly<Record<string, string>>;
  /** Further members of the error object, such as `@event.existingEventId`. */
  readonly members?: Readonly<Record<string, unknown>>;
}

/** A request is refused: the HTTP status, and what the error body says. */
export class GraphError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly more: More = {},
  ) {
    super(message);
    this.name = 'GraphError';
  }
}

/** What Exchange says of a body whose values do not go together; it does not say which. */
export function invalidValues(): GraphError {
  return new GraphError(400, 'ErrorPropertyValidationFailure', 'At least one property failed validation.');
}

export function itemNotFound(): GraphError {
  return new GraphError(404, 'ErrorItemNotFound', 'The specified object was not found in the store.');
}

/** @param name as the request has it */
export function invalidTimeZone(name: string): GraphError {
  const text = `A valid TimeZone value must be specified. The following TimeZone value is not supported: '${name}'.`;
  return new GraphError(400, 'TimeZoneNotSupportedException', text);
}
