import type { Whereabouts } from './whereabouts.js';

/** What the JSON of Autodiscover V2 answers. */
export interface JsonAnswer {
  readonly status: number;
  readonly body:
    | { readonly Protocol: string; readonly Url: string }
    | { readonly ErrorCode: string; readonly ErrorMessage: string };
}

const PROTOCOLS: Readonly<Record<string, (found: Whereabouts) => string>> = {
  autodiscoverv1: ({ autodiscoverUrl }) => autodiscoverUrl,
  ews: ({ ewsUrl }) => ewsUrl,
};

/** Where one protocol of a mailbox is. */
export function jsonAnswer(protocol: string | undefined, find: () => Whereabouts | undefined): JsonAnswer {
  if (protocol === undefined || protocol === '') {
    const text = "A valid value must be provided for the query parameter 'Protocol'";
    return refusal(400, 'MandatoryParameterMissing', text);
  }
  const urlOf = PROTOCOLS[protocol.toLowerCase()];
  if (urlOf === undefined) {
    const text = `The given protocol value '${protocol}' is invalid. Supported values are 'AutodiscoverV1,Ews'`;
    return refusal(400, 'InvalidProtocol', text);
  }
  const found = find();
  if (found === undefined) return refusal(404, 'UserNotFound', 'The given user is not found');
  return { status: 200, body: { Protocol: protocol, Url: urlOf(found) } };
}

function refusal(status: number, ErrorCode: string, ErrorMessage: string): JsonAnswer {
  return { status, body: { ErrorCode, ErrorMessage } };
}
