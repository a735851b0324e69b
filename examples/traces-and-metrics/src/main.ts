import assert from 'node:assert/strict';
import { createRunner } from '@appointed/core';
import { TennisLessonFactory } from '@appointed/factories';
import { startSandbox } from '@appointed/sandbox';
import { observe } from '@appointed/telemetry';
import { basic, ews } from '@appointed/transport-ews';
import { metrics, trace } from '@opentelemetry/api';
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics';
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base';

// What an app registers once; its own exporters send to a collector.
const spans = new InMemorySpanExporter();
const points = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
const reader = new PeriodicExportingMetricReader({ exporter: points });
trace.setGlobalTracerProvider(new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(spans)] }));
metrics.setGlobalMeterProvider(new MeterProvider({ readers: [reader] }));

await using exchange = await startSandbox({
  mailboxes: [{ address: 'alfred@contoso.com', name: 'Alfred' }],
  serviceAccounts: [{ user: 'svc', password: 'secret', impersonates: ['*@contoso.com'] }],
});
const transport = ews({ url: exchange.ewsUrl, credentials: basic({ user: 'svc', password: 'secret' }) });

// #region observe
const runner = await createRunner({ transport });
observe(runner);
await runner.run({
  id: 'lessons',
  mailboxes: ['alfred@contoso.com', 'nobody@contoso.com'],
  factory: TennisLessonFactory,
});
// #endregion observe
await runner.close();
await reader.forceFlush();
await reader.shutdown();

const lines = spans
  .getFinishedSpans()
  .map(({ name, attributes }) => `${name} ${String(attributes['appointed.outcome'] ?? '')}`.trim());
const counters = points.getMetrics().flatMap(({ scopeMetrics }) => scopeMetrics.flatMap((scope) => scope.metrics));
const placements = counters.find(({ descriptor }) => descriptor.name === 'appointed.placements');
const counted = placements?.dataPoints.map(
  ({ attributes, value }) => `${String(value)} ${String(attributes['appointed.outcome'])}`,
);

console.log([...lines, ...(counted ?? [])].join('\n'));
assert.deepEqual(lines.toSorted(), ['appointed.placement rejected', 'appointed.placement saved', 'appointed.run']);
assert.deepEqual(counted?.toSorted(), ['1 rejected', '1 saved']);
