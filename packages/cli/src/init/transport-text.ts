export const SIGN_INS = ['ntlm', 'basic', 'bearer', 'kerberos'] as const;
/** How the service account signs in. */
export type SignInKind = (typeof SIGN_INS)[number];

/** Exchange on premises. */
export interface ExchangeAnswers {
  readonly url: string;
  readonly signIn: SignInKind;
}

export const APP_SIGN_INS = ['secret', 'certificate'] as const;
/** How the application signs in. */
export type AppSignInKind = (typeof APP_SIGN_INS)[number];

/** Exchange Online. */
export interface OnlineAnswers {
  readonly tenant: string;
  readonly clientId: string;
  readonly appSignIn: AppSignInKind;
}

/** What a configuration says of a transport. */
export interface TransportText {
  /** Lines that import what it needs. */
  readonly imports: readonly string[];
  /** The expression that makes it. */
  readonly expression: string;
  /** What is still to be done before somebody can sign in. */
  readonly preparations: readonly string[];
}

const ACCOUNT = "({ user: setting('EWS_USER'), password: secret('EWS_PASSWORD') })";
const CREDENTIALS: Readonly<Record<SignInKind, string>> = {
  ntlm: `ntlm${ACCOUNT}`,
  basic: `basic${ACCOUNT}`,
  bearer: "bearer(async () => secret('EWS_TOKEN'))",
  kerberos: 'kerberos()',
};

const SET_ACCOUNT = 'Set EWS_USER and EWS_PASSWORD (or EWS_PASSWORD_FILE)';
const PREPARATIONS: Readonly<Record<SignInKind, string>> = {
  ntlm: SET_ACCOUNT,
  basic: SET_ACCOUNT,
  bearer: 'Set EWS_TOKEN (or EWS_TOKEN_FILE)',
  kerberos: 'Install the package kerberos beside the command, get a ticket with kinit',
};

export function exchangeText({ url, signIn }: ExchangeAnswers): TransportText {
  return {
    imports: [`import { ${[signIn, 'ews'].sort().join(', ')} } from '@appointed/transport-ews';`],
    expression: `ews({
  url: setting('EWS_URL', ${literal(new URL(url).href)}),
  credentials: ${CREDENTIALS[signIn]},
})`,
    preparations: [PREPARATIONS[signIn]],
  };
}

const PROOFS: Readonly<Record<AppSignInKind, { readonly make: string; readonly field: string; readonly set: string }>> =
  {
    secret: {
      make: 'clientSecret',
      field: "secret: secret('AZURE_CLIENT_SECRET')",
      set: 'Set AZURE_CLIENT_SECRET (or AZURE_CLIENT_SECRET_FILE)',
    },
    certificate: {
      make: 'clientCertificate',
      field: "certificate: secret('AZURE_CLIENT_CERTIFICATE')",
      set: 'Set AZURE_CLIENT_CERTIFICATE_FILE to a .pem file with the certificate and its key',
    },
  };

export function onlineText({ tenant, clientId, appSignIn }: OnlineAnswers): TransportText {
  const { make, field, set } = PROOFS[appSignIn];
  return {
    imports: [`import { ${make}, graph } from '@appointed/transport-graph';`],
    expression: `graph({
  // National clouds have addresses of their own.
  baseUrl: setting('GRAPH_URL', 'https://graph.microsoft.com/v1.0'),
  credential: ${make}({
    authority: setting('AZURE_AUTHORITY_HOST', 'https://login.microsoftonline.com'),
    tenant: setting('AZURE_TENANT_ID', ${literal(tenant)}),
    clientId: setting('AZURE_CLIENT_ID', ${literal(clientId)}),
    ${field},
  }),
})`,
    preparations: [set],
  };
}

/** @param where the column that says `exchange` or `online` */
export function bothText(exchange: TransportText, online: TransportText, where: string | undefined): TransportText {
  return {
    imports: [...exchange.imports, ...online.imports, "import { hybrid } from '@appointed/transport-hybrid';"],
    expression: `hybrid({
  exchange: ${indented(exchange.expression)},
  online: ${indented(online.expression)},
  // Where a mailbox lives: a column that says exchange or online. What it does not say is found out.
  ${where === undefined ? '// ' : ''}where: ${literal(where ?? 'Where')},
})`,
    preparations: [...exchange.preparations, ...online.preparations],
  };
}

/** All lines but the first, two spaces further in. */
export function indented(text: string): string {
  return text.replaceAll('\n', '\n  ');
}

/** As it stands in a program: a column may be called anything. */
function literal(text: string): string {
  const inside = JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"');
  return `'${inside.replaceAll("'", String.raw`\'`)}'`;
}
