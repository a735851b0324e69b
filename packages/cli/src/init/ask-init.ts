import { isCancel, select, text } from '@clack/prompts';
import { CommandError } from '../command-error.js';
import { ENTRA_NAME_HINT, isEntraName } from './entra-name.js';
import { isEwsUrl, URL_HINT } from './ews-url.js';
import type { InitAnswers } from './templates.js';
import type { AppSignInKind, ExchangeAnswers, OnlineAnswers, SignInKind } from './transport-text.js';

const output = process.stderr;

type Side = 'exchange' | 'online' | 'both';

/** What was given; the rest is asked for. */
export interface GivenAnswers {
  readonly signIn: SignInKind | undefined;
  readonly appSignIn: AppSignInKind | undefined;
  readonly where: string | undefined;
  readonly factory: string | undefined;
}

/** Asks what a first configuration needs. @throws CommandError `not_confirmed`, when it is cancelled */
export async function askInit(given: GivenAnswers): Promise<InitAnswers> {
  const side = await choice<Side>('Where do the mailboxes live?', [
    { value: 'exchange', label: 'on Exchange Server' },
    { value: 'online', label: 'in Exchange Online (Microsoft 365)' },
    { value: 'both', label: 'some here, some there' },
  ]);
  const exchange = side === 'online' ? undefined : await askExchange(given.signIn);
  const online = side === 'exchange' ? undefined : await askOnline(given.appSignIn);
  return { exchange, online, where: given.where, factory: given.factory ?? (await askFactory()) };
}

async function askExchange(signIn: SignInKind | undefined): Promise<ExchangeAnswers> {
  const url = await line('Where are Exchange Web Services?', {
    placeholder: 'https://mail.contoso.com/EWS/Exchange.asmx',
    validate: (value) => (isEwsUrl(value ?? '') ? undefined : URL_HINT),
  });
  return { url, signIn: signIn ?? (await askSignIn()) };
}

function askSignIn(): Promise<SignInKind> {
  return choice<SignInKind>('How does the service account sign in?', [
    { value: 'ntlm', label: 'by Windows authentication, with user and password (EWS_USER, EWS_PASSWORD)' },
    { value: 'basic', label: 'by Basic authentication, with user and password (EWS_USER, EWS_PASSWORD)' },
    { value: 'bearer', label: 'with an OAuth token (EWS_TOKEN)' },
    { value: 'kerberos', label: 'by Windows authentication, with a Kerberos ticket (kinit)' },
  ]);
}

async function askOnline(appSignIn: AppSignInKind | undefined): Promise<OnlineAnswers> {
  const tenant = await line('Which tenant?', { placeholder: 'contoso.onmicrosoft.com', validate: entraName });
  const clientId = await line("What is the application's (client) id?", { validate: entraName });
  return { tenant, clientId, appSignIn: appSignIn ?? (await askAppSignIn()) };
}

function entraName(value: string | undefined): string | undefined {
  return isEntraName(value ?? '') ? undefined : ENTRA_NAME_HINT;
}

function askAppSignIn(): Promise<AppSignInKind> {
  return choice<AppSignInKind>('How does the application sign in?', [
    { value: 'certificate', label: 'with a certificate (AZURE_CLIENT_CERTIFICATE_FILE)' },
    { value: 'secret', label: 'with a client secret (AZURE_CLIENT_SECRET)' },
  ]);
}

function askFactory(): Promise<string> {
  return line('What is the first factory called?', {
    initialValue: 'lesson',
    validate: (value) => (/^[\w-]+$/.test(value ?? '') ? undefined : 'Take letters, digits, - and _.'),
  });
}

type LineOptions = Omit<Parameters<typeof text>[0], 'message'>;

async function line(message: string, options: LineOptions): Promise<string> {
  return answered<string>(await text({ message, output, ...options }));
}

async function choice<T extends string>(
  message: string,
  options: { readonly value: T; readonly label: string }[],
): Promise<T> {
  // The library's type of an option depends on what its value is, which is not known here.
  return answered<T>(
    await select<T>({ message, options: options as Parameters<typeof select<T>>[0]['options'], output }),
  );
}

function answered<T>(answer: T | symbol): T {
  if (isCancel(answer) || typeof answer === 'symbol') throw new CommandError('not_confirmed', 'nothing was written');
  return answer;
}
