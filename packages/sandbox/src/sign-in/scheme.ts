/**
 * How clients may sign in to EWS and Autodiscover, in the words of WWW-Authenticate: `negotiate` is NTLM as well, bare or
 * in SPNEGO, since the sandbox has no Kerberos.
 */
export type SignInScheme = 'negotiate' | 'ntlm' | 'basic' | 'bearer';

/** What a request without credentials is asked for. */
export const CHALLENGES: Readonly<Record<SignInScheme, string>> = {
  negotiate: 'Negotiate',
  ntlm: 'NTLM',
  basic: 'Basic realm="Exchange"',
  bearer: 'Bearer client_id="00000002-0000-0ff1-ce00-000000000000"',
};

/** Whether clients of NTLM must say which server they mean: `none`, what they say must be right, they must say it. */
export type ExtendedProtection = 'none' | 'allow' | 'require';

/** @throws TypeError for what is no list of schemes */
export function checkedSchemes(schemes: readonly SignInScheme[]): readonly SignInScheme[] {
  const known = Object.keys(CHALLENGES);
  if (schemes.length > 0 && schemes.every((scheme) => known.includes(scheme))) return schemes;
  throw new TypeError(`signIn: must be a list of ${known.join(', ')}`);
}
