/** What the sandbox calls itself where Windows names are wanted, and the domain that its accounts are of. */
export const SERVER_NAMES = {
  computer: 'SANDBOX',
  domain: 'CONTOSO',
  dnsComputer: 'sandbox.contoso.com',
  dnsDomain: 'contoso.com',
} as const;
