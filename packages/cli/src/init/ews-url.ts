/** What an address of Exchange Web Services must be like. */
export const URL_HINT = 'Give an address that begins with https://, without a password in it.';

/** Can it be one? Of plain HTTP the transport judges: within this machine it is fine. */
export function isEwsUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password } = new URL(text);
  return /^https?:$/.test(protocol) && username + password === '';
}
