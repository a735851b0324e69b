const TIMEOUT_MS = 30_000;

interface GivenToken {
  readonly token: string;
  readonly expiresOnTimestamp: number;
}

/**
 * Asks Entra for a token of an application (POST /{tenant}/oauth2/v2.0/token, grant client_credentials).
 * @param proof the form fields that show who asks
 * @throws Error with what Entra says, or with a code of Node where nothing was said that means anything
 */
export async function askEntra(url: string, proof: Readonly<Record<string, string>>): Promise<GivenToken> {
  const body = new URLSearchParams({ grant_type: 'client_credentials', ...proof });
  const limits = { redirect: 'manual', signal: AbortSignal.timeout(TIMEOUT_MS) } as const;
  const askedAt = Date.now();
  const response = await fetch(url, { method: 'POST', body, ...limits }).catch((cause: unknown) => {
    throw unanswered(url, cause);
  });
  const text = await response.text();
  const { access_token: token, expires_in: seconds, ...said } = fieldsOf(text);
  if (response.ok && typeof token === 'string' && Number(seconds) > 0) {
    return { token, expiresOnTimestamp: askedAt + Number(seconds) * 1000 };
  }
  throw refused(url, response.status, said);
}

function unanswered(url: string, cause: unknown): Error {
  const late = cause instanceof DOMException && cause.name === 'TimeoutError';
  const why = late ? `no answer within ${TIMEOUT_MS} ms` : causeOf(cause);
  const about = late ? { code: 'ETIMEDOUT' } : {};
  return Object.assign(new Error(`${new URL(url).host} was not reached: ${why}`, { cause }), about);
}

/** A server that is busy is asked again later; what else it says, it would say again. */
function refused(url: string, status: number, said: Readonly<Record<string, unknown>>): Error {
  const { error, error_description: description } = said;
  const words = typeof description === 'string' ? description.split(/\r?\n| Trace ID:/, 1)[0] : `it answered ${status}`;
  const text = typeof error === 'string' ? `${error}: ${words}` : `${new URL(url).host} gave no token: ${words}`;
  return Object.assign(new Error(text), status === 429 || status >= 500 ? { code: 'EAGAIN' } : {});
}

/** What fetch says is that it failed; why, its cause says. */
function causeOf(error: unknown): string {
  const { message, cause } = error as Error;
  return cause instanceof Error ? cause.message : message;
}

function fieldsOf(text: string): Readonly<Record<string, unknown>> {
  try {
    const json: unknown = JSON.parse(text);
    return typeof json === 'object' && json !== null ? { ...json } : {};
  } catch {
    return {};
  }
}
