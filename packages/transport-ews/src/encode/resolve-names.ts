import { element, textElement, type Xml } from './element.js';

declare const aboutDirectory: unique symbol;

/** What is asked of the directory, and of no mailbox: the only kind of request that impersonates nobody. */
export type DirectoryQuestion = Xml & { readonly [aboutDirectory]: true };

/** Operation ResolveNames: whose address it is. With the prefix all of a person's addresses count, not only the primary. */
export function resolveNames(address: string): DirectoryQuestion {
  return element(
    'm:ResolveNames',
    { ReturnFullContactData: 'false', SearchScope: 'ActiveDirectory' },
    textElement('m:UnresolvedEntry', `smtp:${address}`),
  ) as DirectoryQuestion;
}
