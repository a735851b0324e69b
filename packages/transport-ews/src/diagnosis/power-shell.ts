import type { EwsCredentials } from '../credentials/credentials.js';

/** Stands for what only the people there know. */
const GROUP = 'CN=Players,OU=Groups,DC=contoso,DC=com';
const ACCOUNT = 'SERVICE-ACCOUNT';

/** A text as PowerShell takes it. */
function quoted(text: string): string {
  // Typographic quotes end a string there, too.
  return `'${text.replaceAll(/['\u2018\u2019\u201A\u201B]/g, (quote) => quote + quote)}'`;
}

/** Who signs in, as Exchange knows it; of a token only its issuer knows that, and of a ticket who got it. */
function accountOf({ scheme, account }: EwsCredentials): string {
  return quoted(scheme === 'Basic' || scheme === 'NTLM' ? account : ACCOUNT);
}

/** Which assignments let the account impersonate, and for whom. */
export function showAssignments(credentials: EwsCredentials): string {
  const assignee = accountOf(credentials);
  return `Get-ManagementRoleAssignment -Role ApplicationImpersonation -RoleAssignee ${assignee} | Format-List Name, CustomRecipientWriteScope`;
}

/** Who may impersonate one mailbox. */
export function showWhoMayWrite(mailbox: string): string {
  return `Get-ManagementRoleAssignment -Role ApplicationImpersonation -WritableRecipient ${quoted(mailbox)} -GetEffectiveUsers`;
}

/** Whom a scope is for: the members of a group. */
export function newScope(): string {
  return `New-ManagementScope -Name 'Appointed' -RecipientRestrictionFilter "MemberOfGroup -eq '${GROUP}'"`;
}

/** The right to impersonate the mailboxes of the scope. */
export function newAssignment(credentials: EwsCredentials): string {
  return `New-ManagementRoleAssignment -Name 'Appointed' -Role ApplicationImpersonation -User ${accountOf(credentials)} -CustomRecipientWriteScope 'Appointed'`;
}

/** Narrows an assignment that is there. */
export function narrowAssignment(): string {
  return `Set-ManagementRoleAssignment -Identity 'ASSIGNMENT' -CustomRecipientWriteScope 'Appointed'`;
}

/** What the directory knows of an address. */
export function showRecipient(address: string): string {
  return `Get-Recipient -Identity ${quoted(address)} | Format-List RecipientTypeDetails, PrimarySmtpAddress`;
}

/** Who may use EWS: users, and programs by their user agents. */
export function showEwsAccess(): readonly string[] {
  const fields = 'EwsEnabled, EwsApplicationAccessPolicy, EwsAllowList, EwsBlockList';
  return [
    `Get-OrganizationConfig | Format-List ${fields}`,
    `Get-CASMailbox -Identity 'MAILBOX' | Format-List ${fields}`,
  ];
}

/** Where EWS is. */
export function showAddresses(): string {
  return 'Get-WebServicesVirtualDirectory | Format-List Server, InternalUrl, ExternalUrl';
}

/** The ways to sign in that are switched on and off for EWS. */
const SWITCHES: Readonly<Record<EwsCredentials['scheme'], string>> = {
  Basic: 'BasicAuthentication',
  Bearer: 'OAuthAuthentication',
  Negotiate: 'WindowsAuthentication',
  NTLM: 'WindowsAuthentication',
};

/** Switches a way to sign in on for EWS, on one server. */
export function offer({ scheme }: EwsCredentials): string {
  return `Set-WebServicesVirtualDirectory -Identity 'SERVER\\EWS (Default Web Site)' -${SWITCHES[scheme]} $true`;
}

/** Whether sign-in must be bound to the server's certificate. */
export function showExtendedProtection(): string {
  return 'Get-WebServicesVirtualDirectory | Format-List Server, ExtendedProtectionTokenChecking, WindowsAuthentication';
}

/** Is EWS up? */
export function showHealth(): string {
  return 'Test-ServiceHealth';
}

/** Gives a mailbox a zone and a language before its owner does. */
export function setRegion(mailbox: string): string {
  return `Set-MailboxRegionalConfiguration -Identity ${quoted(mailbox)} -TimeZone 'W. Europe Standard Time' -Language de-DE`;
}

/** Lists rooms, so that Outlook and others find them. */
export function newRoomList(): string {
  return `New-DistributionGroup -Name 'Rooms' -RoomList`;
}

/** Puts a room into the list. */
export function addRoom(): string {
  return `Add-DistributionGroupMember -Identity 'Rooms' -Member 'room@contoso.com'`;
}
