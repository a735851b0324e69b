import { hostname } from 'node:os';
import type { ConnectionSignIn, SignInServer } from '../http/connection-sign-in.js';
import { authenticateMessage, type NtlmIdentity } from '../ntlm/authenticate-message.js';
import { readChallenge } from '../ntlm/challenge-message.js';
import { channelBindings } from '../ntlm/channel-bindings.js';
import { negotiateMessage } from '../ntlm/negotiate-message.js';
import { responseKey } from '../ntlm/response-key.js';
import { EwsCredentials } from './credentials.js';
import { refuseCredentials, requirePassword } from './refuse-credentials.js';

const CHALLENGE = /(?:^|[\s,])NTLM\s+([\w+/]+=*)/i;
const NEGOTIATE = negotiateMessage();

/** Whether sign-in is bound to the TLS connection that it comes over. */
export type ChannelBinding = 'auto' | 'on' | 'off';

/** Who signs in by NTLM. */
export interface NtlmOptions {
  /** `CONTOSO\svc`, the principal name `svc@contoso.com`, or the account's name alone. */
  readonly user: string;
  readonly password: string;
  /** The Windows domain, where it does not stand in `user`. */
  readonly domain?: string;
  /**
   * Binds sign-in to the server's certificate, as Extended Protection asks for (`tls-server-end-point`, RFC 5929). `auto`,
   * the default: where there is TLS. `on`: plain HTTP is refused. `off`: for what stands before Exchange and ends TLS with
   * another certificate.
   */
  readonly channelBinding?: ChannelBinding;
}

/**
 * Windows authentication by NTLMv2 (MS-NLMP, MS-NTHT), which Exchange offers as it is installed. A connection signs in
 * once; what is sent on it later needs no more.
 * @throws AppointedError `invalid_options`
 */
export function ntlm(options: NtlmOptions): EwsCredentials {
  const { user, password, channelBinding = 'auto' } = options;
  if (typeof user !== 'string' || user === '') throw refuseCredentials('user', 'is empty');
  requirePassword(password);
  if (!['auto', 'on', 'off'].includes(channelBinding))
    throw refuseCredentials('channelBinding', 'is neither auto nor on nor off');
  const { domain, name } = namesOf(options);
  if (name === '') throw refuseCredentials('user', 'names a domain and nobody in it');
  const workstation = (hostname().split('.')[0] ?? '').toUpperCase();
  const key = responseKey(name, domain, password);
  return new NtlmCredentials(user, { user: name, domain, workstation, responseKey: key }, channelBinding);
}

/** A principal name stays as it is, and needs no domain. */
function namesOf({ user, domain }: NtlmOptions): { readonly domain: string; readonly name: string } {
  const slash = user.indexOf('\\');
  if (slash < 0) return { domain: domain ?? '', name: user };
  if (domain !== undefined) throw refuseCredentials('domain', 'stands in user, too');
  return { domain: user.slice(0, slash), name: user.slice(slash + 1) };
}

/** Credentials that sign connections in by NTLM. */
export class NtlmCredentials extends EwsCredentials implements ConnectionSignIn {
  readonly scheme = 'NTLM';
  readonly account: string;
  readonly greeting: string = `NTLM ${NEGOTIATE.toString('base64')}`;
  readonly channelBinding: ChannelBinding;
  readonly #identity: NtlmIdentity;

  constructor(account: string, identity: NtlmIdentity, channelBinding: ChannelBinding) {
    super();
    this.account = account;
    this.#identity = identity;
    this.channelBinding = channelBinding;
  }

  answer(challenges: string, { hostname, certificate }: SignInServer): string | undefined {
    const [, challenge] = CHALLENGE.exec(challenges) ?? [];
    if (challenge === undefined) return undefined;
    if (this.channelBinding === 'on' && certificate === undefined)
      throw new Error('channelBinding is on, and plain HTTP has nothing to bind to');
    const binding = {
      servicePrincipal: `HTTP/${hostname}`,
      ...(certificate === undefined || this.channelBinding === 'off' ? {} : { channel: channelBindings(certificate) }),
    };
    const message = authenticateMessage(
      NEGOTIATE,
      readChallenge(Buffer.from(challenge, 'base64')),
      this.#identity,
      binding,
    );
    return `NTLM ${message.toString('base64')}`;
  }

  /** The same account, bound or not. */
  bound(channelBinding: ChannelBinding): NtlmCredentials {
    return new NtlmCredentials(this.account, this.#identity, channelBinding);
  }
}
