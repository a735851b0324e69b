import { element } from './escape.js';
import { SoapFault } from './fault.js';

/** A request is not as the schema says, or no XML at all. @param offset where in the source */
export function schemaFault(violation: string, source: string, offset: number): SoapFault {
  const before = source.slice(0, Math.max(0, offset));
  const line = before.split('\n').length;
  const position = before.length - before.lastIndexOf('\n');
  const xml =
    element('t:LineNumber', String(line)) +
    element('t:LinePosition', String(position)) +
    element('t:Violation', violation);
  const summary = 'The request failed schema validation.';
  return new SoapFault('ErrorSchemaValidation', `${summary.slice(0, -1)}: ${violation}`, xml, summary);
}
