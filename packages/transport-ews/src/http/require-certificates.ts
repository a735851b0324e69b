import { X509Certificate } from 'node:crypto';
import { AppointedError } from '@appointed/core';

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

/**
 * Node passes over what it cannot read, and the certificate of the server seems to be at fault.
 * @throws AppointedError `invalid_options`
 */
export function requireCertificates(ca: string): void {
  const certificates = String(ca).match(CERTIFICATE) ?? [];
  if (certificates.length > 0 && certificates.every(isCertificate)) return;
  const hint = 'Give what is in the PEM file of the authority, and not its name.';
  throw new AppointedError('invalid_options', 'ca holds no certificate in PEM', { field: 'ca', hint });
}

function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem).raw.length > 0;
  } catch {
    return false;
  }
}
