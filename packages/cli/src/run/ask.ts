import type { Output } from '../output/output.js';

/** Is there somebody who can be asked? */
export function canAsk({ isJson }: Output): boolean {
  return !isJson && process.stdin.isTTY === true && process.stderr.isTTY === true;
}

/** Asks a question of yes or no, on the standard error. @returns undefined when it was cancelled, by Ctrl-C or the signal */
export async function ask(output: Output, message: string, signal?: AbortSignal): Promise<boolean | undefined> {
  const { confirm, isCancel } = await import('@clack/prompts');
  const question = async (): Promise<boolean | symbol> =>
    confirm({ message, initialValue: false, output: process.stderr, ...(signal === undefined ? {} : { signal }) });
  const answer = await (output.display === undefined ? question() : output.display.hiddenWhile(question));
  return isCancel(answer) || typeof answer === 'symbol' ? undefined : answer;
}
