import { X509Certificate, createHash } from 'node:crypto';
import { md5 } from './ntlm/keys.js';
import { readAllDer, readDer } from './der.js';

/** Object identifiers of signatures, and of hashes in the parameters of RSASSA-PSS, that are made with these hashes. */
const HASHES: readonly [hash: string, pattern: RegExp][] = [
  ['sha512', /^(2a864886f70d01010d|2a8648ce3d040304|608648016503040203)$/],
  ['sha384', /^(2a864886f70d01010c|2a8648ce3d040303|608648016503040202)$/],
  ['sha224', /^(2a864886f70d01010e|2a8648ce3d040301|608648016503040204)$/],
  // Of those with MD5 and SHA-1, too: RFC 5929 wants nothing weaker than SHA-256.
  ['sha256', /^(2a864886f70d01010[45b]|2a8648ce3d040302|2a8648ce3d0401|608648016503040201)$/],
];
const OBJECT_IDENTIFIER = 0x06;

/**
 * What a client of NTLM binds itself to over TLS: MsvAvChannelBindings of tls-server-end-point, which is the hash of the
 * certificate by the hash of its own signature (RFC 5929 section 4).
 * @throws TypeError for a signature without such a hash, as Ed25519 is
 */
export function channelBindingOf(certificate: X509Certificate): Buffer {
  const hash = signatureHash(certificate.raw);
  if (hash === undefined) {
    throw new TypeError('tls.cert: tls-server-end-point is not defined for its signature; sign it by RSA or ECDSA');
  }
  const endPoint = createHash(hash).update(certificate.raw).digest();
  return bindingHash(Buffer.concat([Buffer.from('tls-server-end-point:'), endPoint]));
}

/** MD5 of a gss_channel_bindings_struct (RFC 2744) without addresses. */
function bindingHash(applicationData: Buffer): Buffer {
  const head = Buffer.alloc(20);
  head.writeUInt32LE(applicationData.length, 16);
  return md5(head, applicationData);
}

/** The first hash that is named; with RSASSA-PSS it is in the parameters. */
function signatureHash(raw: Buffer): string | undefined {
  const [, algorithm] = readAllDer(readDer(raw).body);
  if (algorithm === undefined) return undefined;
  const named = identifiersIn(algorithm.body).map((id) => HASHES.find(([, pattern]) => pattern.test(id))?.[0]);
  return named.find((hash) => hash !== undefined);
}

function identifiersIn(bytes: Buffer): readonly string[] {
  return readAllDer(bytes).flatMap(({ tag, body }) => {
    if (tag === OBJECT_IDENTIFIER) return [body.toString('hex')];
    const isConstructed = (tag & 0x20) !== 0;
    return isConstructed ? identifiersIn(body) : [];
  });
}
