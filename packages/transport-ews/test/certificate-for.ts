import { generate, type SelfsignedOptions } from 'selfsigned';

/** A certificate for a host, which nobody vouches for, and its key. */
export async function certificateFor(
  name: string,
  options: SelfsignedOptions = {},
): Promise<{ readonly cert: string; readonly key: string }> {
  const { cert, private: key } = await generate([{ name: 'commonName', value: name }], {
    keyType: 'ec',
    extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: name }] }],
    ...options,
  });
  return { cert, key };
}
