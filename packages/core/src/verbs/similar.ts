import { isNativeAppointment } from '../appointment/native-appointment.js';
import { AppointedError } from '../error/appointed-error.js';
import { inquire } from '../pipeline/request.js';
import type { Run } from '../pipeline/run.js';
import { cutOff, setBack, skip } from '../pipeline/settle.js';
import type { Route } from '../transport/appointment-transport.js';
import { notSent } from './not-sent.js';
import type { PreparedPlacement } from './prepare-placement.js';

/** Passes over what the mailbox has already from somebody else: asked each time, right before it is sent. */
export async function withoutSimilar(
  run: Run,
  route: Route,
  prepared: readonly PreparedPlacement[],
): Promise<readonly PreparedPlacement[]> {
  const wanted: PreparedPlacement[] = [];
  for (const one of prepared) if (await isMissing(run, route, one)) wanted.push(one);
  return wanted;
}

async function isMissing(run: Run, route: Route, { claim, item }: PreparedPlacement): Promise<boolean> {
  const { content } = item;
  if (isNativeAppointment(content)) {
    await notSent(run, claim, unreadable(claim.placement.mailbox.id));
    return false;
  }
  const { subject, start } = content;
  const [answer] = (await inquire(run, route, [claim], async (mailbox, call) => [
    await run.parts.transport.hasSimilar(mailbox, { subject, start }, call),
  ])) ?? [undefined];
  if (answer?.kind === 'done') {
    if (!answer.value) return true;
    await skip(run, claim, { state: 'done' }, existsAlready(claim.placement.mailbox.id, subject));
  } else if (answer === undefined) await cutOff(run, claim);
  else {
    const failure = answer.kind === 'unknown' ? ({ kind: 'deferred', error: answer.error } as const) : answer;
    await setBack(run, claim, { failure, tried: true });
  }
  return false;
}

function existsAlready(mailbox: string, subject: string): AppointedError {
  const message = `${mailbox}: there is an appointment with the subject ${JSON.stringify(subject)} and that start`;
  return new AppointedError('exists_already', message, { mailbox });
}

function unreadable(mailbox: string): AppointedError {
  return new AppointedError('unsupported', `${mailbox}: the start of a native appointment cannot be read`, {
    mailbox,
    field: 'unlessExists',
  });
}
