import { type Access, AppointedError, type Failure, type Mailbox } from '@appointed/core';

/** Which mailboxes there are. By default every address is a mailbox's, and that its primary one. */
export interface FakeDirectoryOptions {
  /** Addresses that no mailbox has: `ErrorNonExistentMailbox`. */
  readonly unknown?: readonly string[];
  /** Mailboxes that may not be acted for: `ErrorImpersonateUserDenied`. */
  readonly denied?: readonly string[];
  /** What `check` says of addresses, by the address in any case. */
  readonly directory?: Readonly<Record<string, Access>>;
  /** The zones that owners have chosen, by their addresses in any case. By default nobody has one. */
  readonly zones?: Readonly<Record<string, string>>;
}

/** Who exists, and who may be acted for. */
export class FakeDirectory {
  readonly #refused: ReadonlyMap<string, string>;
  readonly #known: ReadonlyMap<string, Access>;
  readonly #zones: ReadonlyMap<string, string>;

  constructor({ unknown = [], denied = [], directory = {}, zones = {} }: FakeDirectoryOptions) {
    this.#refused = new Map([
      ...unknown.map((address) => [address.toLowerCase(), 'ErrorNonExistentMailbox'] as const),
      ...denied.map((address) => [address.toLowerCase(), 'ErrorImpersonateUserDenied'] as const),
    ]);
    this.#known = byAddress(directory);
    this.#zones = byAddress(zones);
  }

  zone({ id }: Mailbox): string | undefined {
    return this.#zones.get(id.toLowerCase());
  }

  refusal({ id }: Mailbox): Failure | undefined {
    const code = this.#refused.get(id.toLowerCase());
    if (code === undefined) return undefined;
    const error = new AppointedError('server_rejected', `${id}: ${code}`, { mailbox: id, server: { code } });
    return { kind: 'rejected', scope: 'mailbox', error };
  }

  access({ kind, id }: Mailbox): Access {
    const known = this.#known.get(id.toLowerCase());
    if (known !== undefined) return known;
    return kind === 'sid' ? {} : { primaryAddress: id, kind: 'mailbox' };
  }
}

function byAddress<T>(values: Readonly<Record<string, T>>): ReadonlyMap<string, T> {
  return new Map(Object.entries(values).map(([address, value]) => [address.toLowerCase(), value]));
}
