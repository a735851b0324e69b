/** Works with the library, whose exceptions are no Errors and show a whole stack as what they say. */
export async function inPlainErrors<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof Error) throw cause;
    const { Message: message } = (cause ?? {}) as { readonly Message?: unknown };
    if (typeof message !== 'string') throw cause;
    throw new Error(message.trim(), { cause });
  }
}
