/** Why no token is given: the HTTP status, OAuth's error, and Entra's number for it. */
export class EntraError extends Error {
  constructor(
    readonly status: number,
    readonly error: string,
    readonly number: number,
    message: string,
  ) {
    super(message);
    this.name = 'EntraError';
  }

  static missing(parameter: string): EntraError {
    const text = `The request body must contain the following parameter: '${parameter}'.`;
    return new EntraError(400, 'invalid_request', 900_144, text);
  }
}
