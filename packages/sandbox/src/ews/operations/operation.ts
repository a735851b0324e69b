import type { Call } from '../call.js';
import type { XmlElement } from '../xml-element.js';

/** One operation of EWS: reads a request that the grammar has passed, acts, and answers with the content of its response. */
export type Operation = (request: XmlElement, call: Call) => string;
