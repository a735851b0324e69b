import { useEffect, useState } from 'preact/hooks';
import { ask } from './ask.js';

/** What was asked for: the last answer, and what is wrong with the last question; empty if nothing. */
export interface Asked<T> {
  readonly answer: T | undefined;
  readonly problem: string;
}

/** Asks the sandbox, and again when the question or `occasion` differs. */
export function useAnswer<T>(path: string, query: Readonly<Record<string, string>>, occasion?: unknown): Asked<T> {
  const [asked, setAsked] = useState<Asked<T>>({ answer: undefined, problem: '' });
  useEffect(() => {
    const { signal, abort } = abortable();
    ask<T>(path, query, signal).then(
      (answer) => setAsked({ answer, problem: '' }),
      (error: unknown) => signal.aborted || setAsked(({ answer }) => ({ answer, problem: messageOf(error) })),
    );
    return abort;
  }, [path, JSON.stringify(query), occasion]);
  return asked;
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function abortable(): { readonly signal: AbortSignal; readonly abort: () => void } {
  const controller = new AbortController();
  return { signal: controller.signal, abort: () => controller.abort() };
}
