/** A challenge begins with the name of a scheme, which no `=` follows (RFC 9110, 11.6.1); quoted strings are taken out before. */
const SCHEME = /(?:^|,)\s*([A-Za-z][\w-]*)(?=\s*(?:$|,)|\s+[^\s=,])/g;
const QUOTED = /"(?:[^"\\]|\\.)*"/g;

/** The schemes that challenges (values of WWW-Authenticate) name, each once: `Negotiate`, `NTLM`, `Basic`, `Bearer`. */
export function schemesIn(challenges: readonly string[]): readonly string[] {
  const names = challenges.flatMap((challenge) =>
    [...challenge.replaceAll(QUOTED, '""').matchAll(SCHEME)].map(([, name = '']) => name),
  );
  return [...new Set(names)];
}
