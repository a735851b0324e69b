import { SoapFault, faultEnvelope } from '../ews/fault.js';
import { statusAnswer } from '../faults/fault-answer.js';
import type { FaultAnswers } from '../faults/fault-answers.js';
import type { BusyFault, ErrorFault, StatusFault } from '../faults/fault-rule.js';
import type { Answer } from '../http/answer.js';

const BUSY = 'The server cannot service this request right now. Try again later.';

/** What goes back instead of a step of a handshake: IIS signs in before EWS has seen anything, so there are no parts. */
export class SignInFaultAnswers implements FaultAnswers {
  busy({ status }: Omit<BusyFault, 'fault'>): Answer {
    return inFault('ErrorServerBusy', BUSY, status);
  }

  throttled(): Answer {
    return this.busy({});
  }

  error({ code, message, status }: Omit<ErrorFault, 'fault'>): Answer {
    return inFault(code, message ?? 'The operation failed.', status);
  }

  status(rule: StatusFault): Answer {
    return statusAnswer(rule);
  }

  tooManyAtOnce(): Answer {
    return inFault(
      'ErrorExceededConnectionCount',
      'You have exceeded the available concurrent connections.',
      undefined,
    );
  }

  failOnePart(): undefined {
    return undefined;
  }
}

function inFault(code: string, text: string, status = 500): Answer {
  const headers = { 'content-type': 'text/xml; charset=utf-8' };
  return { status, headers, body: faultEnvelope(new SoapFault(code, text)) };
}
