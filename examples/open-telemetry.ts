// Traces the requests of a client with OpenTelemetry: a span for each response, and one for each pause between two tries.
import { SpanKind, SpanStatusCode, type Tracer } from "@opentelemetry/api";
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from "@opentelemetry/sdk-trace-base";
import { Hub, type HubOptions } from "@hf-api/hub";

/** Events know when they began and how long they took, so nothing has to be kept between two of them. */
function tracing(tracer: Tracer): NonNullable<HubOptions["observe"]> {
  const span = (
    name: string,
    attributes: Record<string, string | number>,
    startTime: number,
    duration: number,
  ): void => {
    const start = performance.timeOrigin + startTime;
    const made = tracer.startSpan(name, { kind: SpanKind.CLIENT, startTime: start, attributes });
    if (Number(attributes["http.response.status_code"] ?? 0) >= 400) made.setStatus({ code: SpanStatusCode.ERROR });
    made.end(start + duration);
  };
  return (event) => {
    const { call, method, url, startTime } = event;
    if (event.type === "gap" || event.type === "request" || event.type === "retry-budget") return;
    const attributes = {
      "http.request.method": method,
      "url.full": url,
      "http.request.resend_count": event.attempt - 1,
      "hf.call": call,
    };
    if (event.type === "response") {
      const { status, requestId = "", duration } = event;
      const more = { "http.response.status_code": status, "hf.request_id": requestId };
      span(method, { ...attributes, ...more }, startTime, duration);
    } else {
      span(`${method} ${event.type}`, attributes, startTime, event.wait);
    }
  };
}

const exporter = new InMemorySpanExporter();
const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });

const hub = new Hub({ observe: tracing(provider.getTracer("hub")) });
await hub.models.list({ limit: 1 }).toArray();
await hub.models.exists({ repo: "nobody/nothing" });

for (const { name, attributes, status } of exporter.getFinishedSpans()) {
  const { "hf.call": call, "http.response.status_code": code = "-" } = attributes;
  console.log(`${String(call)} ${name} ${String(code)} ${status.code === SpanStatusCode.ERROR ? "error" : "fine"}`);
}
await provider.shutdown();
