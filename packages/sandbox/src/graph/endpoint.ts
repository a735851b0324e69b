import type { CalendarStore } from '../calendar/calendar-store.js';
import type { Application } from '../directory/application.js';
import type { Directory } from '../directory/directory.js';
import type { Mailbox } from '../directory/mailbox.js';
import type { Tokens } from '../entra/tokens.js';
import type { Interceptable } from '../faults/fault-injector.js';
import type { Answer } from '../http/answer.js';
import type { LoggedRequest, RequestLog } from '../log/request-log.js';
import type { Meetings } from '../meetings/meetings.js';
import { answerBatch } from './batch.js';
import type { GraphCall } from './call.js';
import { checkDirectory, findMailbox } from './caller.js';
import { GraphError } from './graph-error.js';
import { GraphFaultAnswers } from './graph-fault-answers.js';
import { MailboxConcurrency } from './mailbox-concurrency.js';
import { LIST_USERS, listUsers } from './operations/list-users.js';
import { graphOperations } from './operations/operations.js';
import { readPreferences } from './preferences.js';
import { QueryOptions } from './query/query-options.js';
import type { GraphRequest } from './request.js';
import { type Route, findRoute } from './route.js';
import { Trace } from './trace.js';

const BATCH = 'POST /$batch';

/** The biggest request that Graph takes. */
export const MOST_BYTES: number = 4 * 1024 * 1024;

/** What Graph is a mouth of. */
interface Parts {
  readonly directory: Directory;
  readonly store: CalendarStore;
  readonly meetings: Meetings;
  readonly tokens: Tokens;
  readonly log: RequestLog;
  now(): number;
  /** The seam for faults on demand. */
  intercept(request: Interceptable): Answer | Promise<Answer>;
}

/** A request, and whose it is. */
interface Asked {
  readonly request: GraphRequest;
  readonly application: Application;
  readonly log: LoggedRequest;
  readonly trace: Trace;
}

/** Microsoft Graph: takes a request and gives an answer. Knows nothing of sockets. */
export class GraphEndpoint {
  private readonly concurrency = new MailboxConcurrency();

  constructor(private readonly parts: Parts) {}

  /** @throws never: what is wrong is answered */
  answer(request: GraphRequest, log: LoggedRequest): Answer | Promise<Answer> {
    const { tokens, now } = this.parts;
    const bearer = tokens.read(request.header('authorization'), request.header('host') ?? '');
    if ('refused' in bearer) return new Trace(request, now).refusal(unauthenticated(bearer.refused, request.base));
    const { application } = bearer;
    this.parts.log.identify(log, application.clientId);
    if (request.isTooBig) return new Trace(request, now).refusal(tooBig());
    if (!/^\/\$batch(\?|$)/i.test(request.url)) return this.serve(request, application, log);
    log.operation = BATCH;
    const trace = new Trace(request, now);
    const batch = answerBatch(request, trace, (part) => this.serve(part, application, log));
    return batch.catch((error: unknown) => refusal(error, trace));
  }

  /** One request: by itself, or of a batch. */
  private serve(request: GraphRequest, application: Application, log: LoggedRequest): Answer | Promise<Answer> {
    const trace = new Trace(request, () => this.parts.now());
    try {
      const [path = '', ...search] = request.url.split('?');
      const route = findRoute(request.method, path);
      log.operation ??= route.operation;
      const asked: Asked = { request, application, log, trace };
      if (route.operation === LIST_USERS) return this.list(new URLSearchParams(search.join('?')), asked);
      const mailbox = findMailbox(route, application, this.parts.directory);
      // A batch is about as many mailboxes as it has requests.
      if (log.operation !== BATCH) log.mailbox = mailbox.address;
      const call = this.callOf(request, route, mailbox, search.join('?'));
      checkContentType(request);
      const leave = this.concurrency.enter(application.clientId, mailbox.guid);
      const answer = this.intercepted(route.operation, mailbox.address, asked, () =>
        this.carryOut(call, route, trace, log),
      );
      if (answer instanceof Promise) return answer.finally(leave);
      leave();
      return answer;
    } catch (error) {
      return refusal(error, trace);
    }
  }

  /** Users, whatever mailboxes they have. @throws GraphError */
  private list(search: URLSearchParams, asked: Asked): Answer | Promise<Answer> {
    const { application, trace, request } = asked;
    checkDirectory(application);
    const reply = listUsers(new QueryOptions(search), this.parts.directory, request.base);
    return this.intercepted(LIST_USERS, '', asked, () => trace.reply(reply, {}));
  }

  private intercepted(
    operation: string,
    mailbox: string,
    { application, log, trace }: Asked,
    proceed: () => Answer,
  ): Answer | Promise<Answer> {
    const subject = { operation, mailbox, account: application.clientId, connection: log.connection };
    return this.parts.intercept({ subject, log, proceed, answers: () => new GraphFaultAnswers(trace) });
  }

  private callOf(request: GraphRequest, route: Route, mailbox: Mailbox, search: string): GraphCall {
    const { directory, store, meetings, now } = this.parts;
    return {
      request,
      mailbox,
      calendar: store.of(mailbox),
      parameters: route.parameters,
      query: new QueryOptions(new URLSearchParams(search)),
      preferences: readPreferences(request.header('prefer')),
      store,
      directory,
      now,
      meetings,
    };
  }

  private carryOut(call: GraphCall, { operation }: Route, trace: Trace, log: LoggedRequest): Answer {
    const { applied } = call.preferences;
    try {
      this.parts.store.cause = log.number;
      const run = graphOperations.get(operation);
      if (run === undefined) throw new Error(`no operation ${operation}`);
      const reply = run(call);
      return trace.reply(reply, { ...reply.headers, ...(applied === '' ? {} : { 'preference-applied': applied }) });
    } catch (error) {
      return refusal(error, trace);
    } finally {
      this.parts.store.cause = undefined;
    }
  }
}

/** A defect of the sandbox is one of Graph's internal errors to the client. */
function refusal(error: unknown, trace: Trace): Answer {
  if (error instanceof GraphError) return trace.refusal(error);
  process.emitWarning(error instanceof Error ? error : String(error));
  const text = 'An internal server error occurred. The operation failed.';
  return trace.refusal(new GraphError(500, 'ErrorInternalServerError', text));
}

function unauthenticated(reason: string, base: string): GraphError {
  const authority = base.replace(/\/v1\.0$/, '/common/oauth2/authorize');
  const challenge = `Bearer realm="", authorization_uri="${authority}", client_id="00000003-0000-0000-c000-000000000000"`;
  return new GraphError(401, 'InvalidAuthenticationToken', reason, { headers: { 'www-authenticate': challenge } });
}

function tooBig(): GraphError {
  return new GraphError(413, 'RequestEntityTooLarge', 'The maximum request length supported is 4MB.');
}

function checkContentType(request: GraphRequest): void {
  if (request.body === '' || /^application\/json\s*(;|$)/i.test(request.header('content-type') ?? '')) return;
  const advice = 'Please ensure Content-Type header is set and payload is of valid JSON format.';
  throw new GraphError(400, 'BadRequest', `Unable to read JSON request payload. ${advice}`);
}
