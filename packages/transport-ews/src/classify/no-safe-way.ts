/** Why there is no safe way to the server, and what to do. */
interface NoSafeWay {
  readonly said: string;
  readonly hint: string;
}

const AUTHORITY = 'Give the certificate of the authority that signed it in the option ca, or in NODE_EXTRA_CA_CERTS.';
const OLD_TLS: NoSafeWay = {
  said: 'the server speaks no TLS 1.2 or newer',
  hint: 'Switch TLS 1.2 on there: Exchange has it since 2013 CU19.',
};

/** By the names of Node and OpenSSL. */
const KNOWN: Readonly<Record<string, NoSafeWay>> = {
  CERT_HAS_EXPIRED: {
    said: "the server's certificate has expired",
    hint: 'Have it renewed; where it was, compare the clock of this machine.',
  },
  CERT_NOT_YET_VALID: {
    said: "the server's certificate is not valid yet",
    hint: 'Compare the clock of this machine with that of the server.',
  },
  ERR_TLS_CERT_ALTNAME_INVALID: {
    said: "the server's certificate is for another name",
    hint: 'Use an address that it is for, or have one made for this name.',
  },
  INVALID_PURPOSE: {
    said: "the server's certificate is not for servers",
    hint: 'Have one made for server authentication.',
  },
  // OpenSSL's reason is in the message: a key or a signature that is too weak for this version of Node.
  UNSPECIFIED: {
    said: "the server's certificate is not accepted",
    hint: 'Have one made with a key of RSA with 2048 bits or more, or of ECDSA, signed with SHA-256.',
  },
  ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE: {
    said: 'the server breaks off the TLS handshake',
    hint: 'It has no cipher in common with Node, or wants a certificate of the client: see how TLS is set up there.',
  },
  ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION: OLD_TLS,
  ERR_SSL_UNSUPPORTED_PROTOCOL: OLD_TLS,
  ERR_SSL_WRONG_VERSION_NUMBER: {
    said: 'the server speaks no TLS at this port',
    hint: 'Correct the port in the address.',
  },
  ERR_PROXY_SIGN_IN: {
    said: 'the proxy lets nobody through without signing in (407)',
    hint: 'Give user and password in HTTPS_PROXY: http://user:password@proxy.contoso.com:8080.',
  },
};

/** @param cause what undici, Node or the proxy reported */
export function noSafeWay(cause: Error): NoSafeWay {
  const { code = '', reason = cause.message } = cause as TlsError;
  const { said, hint } = KNOWN[code] ?? { said: "the server's certificate is not trusted", hint: AUTHORITY };
  return { said: `${said}: ${reason}`, hint };
}

interface TlsError extends NodeJS.ErrnoException {
  /** What OpenSSL says, without the place in its source that it says it at. */
  readonly reason?: string;
}
