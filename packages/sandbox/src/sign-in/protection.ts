import { X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import { SERVER_NAMES } from '../directory/server-names.js';
import { channelBindingOf } from './channel-binding.js';
import type { NtlmIdentity } from './ntlm/handshake.js';
import { Refusal } from './refusal.js';
import type { ExtendedProtection } from './scheme.js';

const KNOWN: readonly string[] = ['none', 'allow', 'require'];

/**
 * Extended Protection, as IIS has it: a client must mean this server. Over TLS it says so by a channel binding, without
 * TLS by the name of the service that it wants; what it says of either must be right.
 */
export class Protection {
  private readonly certificate: X509Certificate | undefined;
  private readonly binding: Buffer | undefined;

  /** @throws TypeError for a certificate that nobody can bind to, or none */
  constructor(
    private readonly level: ExtendedProtection,
    private readonly host: string,
    certificate: string | undefined,
  ) {
    if (!KNOWN.includes(level)) throw new TypeError(`extendedProtection: must be one of ${KNOWN.join(', ')}`);
    if (level === 'none' || certificate === undefined) return;
    this.certificate = new X509Certificate(certificate);
    this.binding = channelBindingOf(this.certificate);
  }

  /** @throws Refusal */
  check({ channelBindings, targetName }: Pick<NtlmIdentity, 'channelBindings' | 'targetName'>): void {
    if (this.level === 'none') return;
    const isRequired = this.level === 'require';
    if (this.binding === undefined) {
      if (targetName === '' && isRequired) throw new Refusal('noTargetName');
    } else if (channelBindings === undefined) {
      if (isRequired) throw new Refusal('noChannelBinding');
    } else if (!channelBindings.equals(this.binding)) throw new Refusal('wrongChannelBinding');
    if (targetName !== '' && !this.isOwn(targetName)) throw new Refusal('wrongTargetName');
  }

  /** `HTTP/host`, by a name that is the sandbox's: loopback, what it is bound to, or what its certificate is for. */
  private isOwn(targetName: string): boolean {
    const [, address, name = ''] = /^http\/(?:\[([^\]]+)\]|([^:]+))(?::\d+)?$/i.exec(targetName) ?? [];
    const host = (address ?? name).toLowerCase();
    const { computer, dnsComputer } = SERVER_NAMES;
    const own = ['localhost', '127.0.0.1', '::1', this.host.toLowerCase(), computer.toLowerCase(), dnsComputer];
    if (own.includes(host)) return true;
    if (host === '' || this.certificate === undefined) return false;
    return (isIP(host) === 0 ? this.certificate.checkHost(host) : this.certificate.checkIP(host)) !== undefined;
  }
}
