import type { TokenClaims } from './token-claims.js';

/** Stand for what only the people there know. */
const GROUP = 'CN=Players,OU=Groups,DC=contoso,DC=com';
const APPLICATION = 'APPLICATION-ID';
const SERVICE_PRINCIPAL = 'OBJECT-ID';

/** A text as PowerShell takes it. */
function quoted(text: string): string {
  // Typographic quotes end a string there, too.
  return `'${text.replaceAll(/['\u2018\u2019\u201A\u201B]/g, (quote) => quote + quote)}'`;
}

/** What Exchange has assigned to the application, and whether a mailbox is in its scope. */
export function testAuthorization({ application = APPLICATION }: Partial<TokenClaims>, mailbox: string): string {
  return `Test-ServicePrincipalAuthorization -Identity ${quoted(application)} -Resource ${quoted(mailbox)} | Format-Table RoleName, AllowedResourceScope, InScope`;
}

/** The rights of the application, for the members of a group (RBAC for Applications). */
export function assignScope(claims: Partial<TokenClaims>): readonly string[] {
  const { application = APPLICATION, servicePrincipal = SERVICE_PRINCIPAL } = claims;
  const app = quoted(servicePrincipal);
  return [
    `New-ServicePrincipal -AppId ${quoted(application)} -ObjectId ${app} -DisplayName 'Appointed'`,
    `New-ManagementScope -Name 'Appointed' -RecipientRestrictionFilter "MemberOfGroup -eq '${GROUP}'"`,
    ...['Application Calendars.ReadWrite', 'Application MailboxSettings.Read'].map(
      (role) => `New-ManagementRoleAssignment -App ${app} -Role '${role}' -CustomResourceScope 'Appointed'`,
    ),
  ];
}

/** Takes the consent back that goes for everybody's mailboxes (Microsoft Graph PowerShell). */
export function removeConsent({ servicePrincipal = SERVICE_PRINCIPAL }: Partial<TokenClaims>): readonly string[] {
  const principal = quoted(servicePrincipal);
  return [
    `Get-MgServicePrincipalAppRoleAssignment -ServicePrincipalId ${principal} | Format-List Id, AppRoleId, ResourceDisplayName`,
    `Remove-MgServicePrincipalAppRoleAssignment -ServicePrincipalId ${principal} -AppRoleAssignmentId 'ASSIGNMENT'`,
  ];
}

/** What keeps applications out in spite of a consent: the older way to limit them. */
export function showAccessPolicies(): string {
  return 'Get-ApplicationAccessPolicy | Format-List AppId, AccessRight, ScopeName';
}

/** What Exchange Online knows of an address: a MailUser has its mailbox elsewhere. */
export function showRecipient(address: string): string {
  return `Get-Recipient -Identity ${quoted(address)} | Format-List RecipientTypeDetails, PrimarySmtpAddress`;
}

/** Gives a mailbox a zone and a language before its owner does. */
export function setRegion(mailbox: string): string {
  return `Set-MailboxRegionalConfiguration -Identity ${quoted(mailbox)} -TimeZone 'W. Europe Standard Time' -Language de-DE`;
}
