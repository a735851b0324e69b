const known = new Set<string>();
const AUTHORIZATION = /\b(Basic|Bearer|Negotiate|NTLM)\s+[\w.~+/=-]{6,}/gi;
/** A JSON Web Token, whoever repeats it. */
const TOKEN = /\beyJ[\w-]{8,}\.[\w-]+\.[\w-]*/g;
/** A shorter one would make holes into ordinary words. */
const SHORTEST = 4;

/** From now on the text is printed nowhere. */
export function keepSecret(text: string): void {
  if (text.length < SHORTEST) return;
  known.add(text);
  known.add(encodeURIComponent(text));
  known.add(JSON.stringify(text).slice(1, -1));
}

/** The text with secrets taken out, and with what looks like a token or the value of an Authorization header. */
export function withoutSecrets(text: string): string {
  let clean = text.replaceAll(AUTHORIZATION, '$1 ***').replaceAll(TOKEN, '***');
  for (const secret of known) clean = clean.replaceAll(secret, '***');
  return clean;
}
