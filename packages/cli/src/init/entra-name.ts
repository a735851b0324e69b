/** What a tenant and an application are named by. */
export const ENTRA_NAME_HINT = 'Give an id (a GUID); of a tenant, one of its domains will do.';

/** Can it be one? */
export function isEntraName(text: string): boolean {
  return /^[\w.-]+$/.test(text);
}
