import { isCancel, select, text } from '@clack/prompts';
import { CommandError } from '../command-error.js';
import { isEwsUrl, URL_HINT } from './ews-url.js';
import type { InitAnswers, SignInKind } from './templates.js';

const output = process.stderr;

/** Asks what a first configuration needs. @throws CommandError `not_confirmed`, when it is cancelled */
export async function askInit(given: {
  readonly signIn: SignInKind | undefined;
  readonly factory: string | undefined;
}): Promise<InitAnswers> {
  const url = answered<string>(
    await text({
      message: 'Where are Exchange Web Services?',
      placeholder: 'https://mail.contoso.com/EWS/Exchange.asmx',
      validate: (value) => (isEwsUrl(value ?? '') ? undefined : URL_HINT),
      output,
    }),
  );
  return { url, signIn: given.signIn ?? (await askSignIn()), factory: given.factory ?? (await askFactory()) };
}

async function askSignIn(): Promise<SignInKind> {
  return answered<SignInKind>(
    await select<SignInKind>({
      message: 'How does the service account sign in?',
      options: [
        { value: 'ntlm', label: 'by Windows authentication, with user and password (EWS_USER, EWS_PASSWORD)' },
        { value: 'basic', label: 'by Basic authentication, with user and password (EWS_USER, EWS_PASSWORD)' },
        { value: 'bearer', label: 'with an OAuth token (EWS_TOKEN)' },
        { value: 'kerberos', label: 'by Windows authentication, with a Kerberos ticket (kinit)' },
      ],
      output,
    }),
  );
}

async function askFactory(): Promise<string> {
  return answered<string>(
    await text({
      message: 'What is the first factory called?',
      initialValue: 'lesson',
      validate: (value) => (/^[\w-]+$/.test(value ?? '') ? undefined : 'Take letters, digits, - and _.'),
      output,
    }),
  );
}

function answered<T>(answer: T | symbol): T {
  if (isCancel(answer) || typeof answer === 'symbol') throw new CommandError('not_confirmed', 'nothing was written');
  return answer;
}
