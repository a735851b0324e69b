/** Where credentials may be sent: to the domain of an address, hosts below it, and hosts that the caller named. */
export class AllowedHosts {
  readonly #domain: string;
  readonly #named: ReadonlySet<string>;

  /** @param named with their ports, where those are not 443 */
  constructor(domain: string, named: readonly string[]) {
    this.#domain = domain.toLowerCase();
    this.#named = new Set(named.map((host) => host.toLowerCase()));
  }

  /** What keeps an address that a server has named from getting the credentials; undefined where nothing does. */
  complaintOf({ protocol, host, hostname, origin }: URL): string | undefined {
    if (protocol !== 'https:') return `${origin} is not https`;
    const isOwn = hostname === this.#domain || hostname.endsWith(`.${this.#domain}`);
    return isOwn || this.#named.has(host) ? undefined : `${host} is not in allowHosts`;
  }
}
