import type { Directory } from '../directory/directory.js';
import { type Mailbox, isSid, isSmtpAddress } from '../directory/mailbox.js';
import type { ServiceAccount } from '../directory/service-account.js';
import { SoapFault, messageValue } from './fault.js';
import type { XmlElement } from './xml-element.js';

/**
 * Whose calendar a request is about: the impersonated mailbox, or the account's own, if it has one.
 * @throws SoapFault ErrorNonExistentMailbox, ErrorImpersonateUserDenied and their kin
 */
export function findCaller(
  impersonation: XmlElement | undefined,
  account: ServiceAccount,
  directory: Directory,
): Mailbox | undefined {
  if (impersonation === undefined) {
    const own = directory.byUserPrincipalName(account.user) ?? directory.byAnyAddress(account.user);
    return own?.remote === true ? undefined : own;
  }
  const [id] = impersonation.required('t:ConnectingSID').children;
  if (id === undefined) throw new Error('the grammar let an empty ConnectingSID pass');
  const mailbox = resolve(id.name, id.text.trim(), directory);
  // A mailbox that has moved to Exchange Online is a mail user here: it has an address and no mailbox.
  if (mailbox === undefined || mailbox.remote) {
    throw new SoapFault('ErrorNonExistentMailbox', 'The SMTP address has no mailbox associated with it.');
  }
  if (!account.scope.includes(mailbox.address)) {
    const text = 'The account does not have permission to impersonate the requested user.';
    throw new SoapFault('ErrorImpersonateUserDenied', text);
  }
  return mailbox;
}

function resolve(kind: string, value: string, directory: Directory): Mailbox | undefined {
  switch (kind) {
    case 't:PrincipalName':
      if (!value.includes('@') && !value.includes('\\')) {
        throw new SoapFault('ErrorInvalidUserPrincipalName', 'The user principal name is not valid.');
      }
      return directory.byUserPrincipalName(value);
    case 't:SID':
      if (!isSid(value)) throw new SoapFault('ErrorInvalidUserSid', 'The user SID is not valid.');
      return directory.bySecurityIdentifier(value);
    case 't:PrimarySmtpAddress':
      return resolvePrimary(value, directory);
    default:
      return directory.byAnyAddress(checkedAddress(value));
  }
}

/** PrimarySmtpAddress takes no alias; the answer names the address that it would have taken. */
function resolvePrimary(value: string, directory: Directory): Mailbox | undefined {
  const mailbox = directory.byAnyAddress(checkedAddress(value));
  if (mailbox === undefined || mailbox.address.toLowerCase() === value.toLowerCase()) return mailbox;
  const text = 'The primary SMTP address must be specified when referencing a mailbox.';
  throw new SoapFault('ErrorNonPrimarySmtpAddress', text, messageValue('Primary', mailbox.address));
}

function checkedAddress(value: string): string {
  if (!isSmtpAddress(value)) throw new SoapFault('ErrorInvalidSmtpAddress', 'The SMTP address format is invalid.');
  return value;
}
