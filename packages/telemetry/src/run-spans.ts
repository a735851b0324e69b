import type { AppointedError, LifecycleEvents, Placement } from '@appointed/core';
import {
  type Attributes,
  type Context,
  context,
  type Span,
  SpanStatusCode,
  trace,
  type Tracer,
} from '@opentelemetry/api';
import type { Ended } from './outcomes.js';

const FAILED: ReadonlySet<string> = new Set(['rejected', 'unknown']);

/** A span for each run, and in it one for each placement's turn. */
export class RunSpans {
  readonly #tracer: Tracer;
  readonly #tellsAddresses: boolean;
  readonly #runs = new Map<string, { readonly span: Span; readonly context: Context }>();
  readonly #placements = new Map<string, Span>();

  constructor(tracer: Tracer, tellsAddresses: boolean) {
    this.#tracer = tracer;
    this.#tellsAddresses = tellsAddresses;
  }

  /** The trace of a run that goes on; else the one in which the caller is. */
  contextOf(runId: string): Context {
    return this.#runs.get(runId)?.context ?? context.active();
  }

  runStarted({ runId, verb, slots, isContinued, isDryRun }: LifecycleEvents['runStarted']): void {
    const span = this.#tracer.startSpan(`appointed.${verb}`, {
      attributes: {
        'appointed.run.id': runId,
        'appointed.verb': verb,
        'appointed.slots': [...slots],
        'appointed.run.continued': isContinued,
        'appointed.run.dry': isDryRun,
      },
    });
    this.#runs.set(runId, { span, context: trace.setSpan(context.active(), span) });
  }

  runEnded({ runId, transport, counts, stopped }: LifecycleEvents['runEnded']): void {
    const run = this.#runs.get(runId);
    if (run === undefined) return;
    this.#runs.delete(runId);
    const { span } = run;
    span.setAttribute('appointed.transport', transport);
    for (const [name, count] of Object.entries(counts)) span.setAttribute(`appointed.count.${name}`, count);
    if (stopped !== undefined) this.#fail(span, stopped);
    span.end();
  }

  placementStarted(placement: Placement): void {
    this.#placements.set(placement.key, this.#start(placement));
  }

  placementEnded({ placement, outcome, error }: Ended): void {
    const span = this.#placements.get(placement.key) ?? this.#start(placement);
    this.#placements.delete(placement.key);
    span.setAttribute('appointed.outcome', outcome);
    if (error !== undefined && FAILED.has(outcome)) this.#fail(span, error);
    else if (error !== undefined) span.setAttributes(attributesOf(error));
    span.end();
  }

  #start({ runId, row, slot, key, mailbox }: Placement): Span {
    const attributes: Attributes = {
      'appointed.run.id': runId,
      'appointed.row': row,
      'appointed.slot': slot,
      'appointed.placement.key': key,
      ...(this.#tellsAddresses && { 'appointed.mailbox': mailbox.id }),
    };
    return this.#tracer.startSpan('appointed.placement', { attributes }, this.contextOf(runId));
  }

  /** An error's message names the mailbox. */
  #fail(span: Span, error: AppointedError): void {
    span.setAttributes(attributesOf(error));
    const message = this.#tellsAddresses ? error.message : error.code;
    span.setStatus({ code: SpanStatusCode.ERROR, message });
  }
}

function attributesOf({ code, server }: AppointedError): Attributes {
  return {
    'error.type': code,
    ...(server?.code !== undefined && { 'appointed.server.code': server.code }),
    ...(server?.httpStatus !== undefined && { 'http.response.status_code': server.httpStatus }),
    ...(server?.requestId !== undefined && { 'appointed.server.request_id': server.requestId }),
  };
}
