package dev.lakebed.front;

import dev.lakebed.auth.Caller;
import dev.lakebed.front.limit.RequestLimits;
import dev.lakebed.front.limit.Ticket;
import dev.lakebed.front.payara.GrizzlyHook;
import dev.lakebed.front.payara.HookWatch;
import dev.lakebed.http.Headers;
import dev.lakebed.http.MalformedRequestException;
import dev.lakebed.http.MalformedTargetException;
import dev.lakebed.http.Request;
import dev.lakebed.http.Response;
import dev.lakebed.limit.ServerBusyException;
import dev.lakebed.operation.Protocol;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import java.io.IOException;
import java.net.URI;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * Wraps every resource: reads the request, verifies its signature and asks the policies, before
 * JAX-RS looks for a resource. A plain singleton without CDI or HK2 management, because that is
 * what costs most of a request's time.
 */
@PreMatching
final class PipelineFilter implements ContainerRequestFilter {
  private static final Map<Protocol.Kind, URI> RESOURCES = resources();

  private final RequestReader reader;
  private final Pipeline pipeline;
  private final OperatorRoutes operatorRoutes;
  private final Exchange exchange;
  private final RequestLimits limits;
  private final HookWatch hook;

  PipelineFilter(
      RequestReader reader,
      Pipeline pipeline,
      OperatorRoutes operatorRoutes,
      Exchange exchange,
      RequestLimits limits,
      HookWatch hook) {
    this.reader = reader;
    this.pipeline = pipeline;
    this.operatorRoutes = operatorRoutes;
    this.exchange = exchange;
    this.limits = limits;
    this.hook = hook;
  }

  @Override
  public void filter(ContainerRequestContext context) throws IOException {
    String id = RequestIds.next();
    HttpServletRequest servletRequest = ExchangeFilter.current().request();
    Request request;
    try {
      request = reader.read(id, servletRequest, context::getEntityStream);
    } catch (MalformedTargetException | MalformedRequestException malformed) {
      refuseAndClose(context, reader.unreadable(id, servletRequest), "Malformed", malformed);
      return;
    }
    // First of all, readiness too: who is told that the server is ready must find it so.
    if (hook.required() && servletRequest.getHeader(GrizzlyHook.HEADER) == null) {
      // This connection was accepted before the hook was there and will never have it.
      refuseAndClose(context, request, "Starting", starting());
      return;
    }
    Optional<Response> own =
        operatorRoutes.answer(request).or(() -> WelcomePage.answer(request, pipeline.router()));
    if (own.isPresent()) {
      answer(
          context,
          Protocol.Kind.S3,
          request,
          "Operator",
          Optional.empty(),
          Outcome.success(own.get()));
    } else {
      admit(context, request);
    }
  }

  private void admit(ContainerRequestContext context, Request request) throws IOException {
    Ticket ticket;
    try {
      ticket = limits.enter(request);
    } catch (ServerBusyException busy) {
      refuse(context, pipeline.router().route(request), request, "Refused", busy);
      return;
    }
    ExchangeFilter.current().hold(ticket);
    switch (pipeline.admit(let(request, ticket), ticket::signedBy)) {
      case Admission.Granted admission -> {
        ExchangeFilter.current().grant(admission);
        context.setMethod("POST");
        context.setRequestUri(RESOURCES.get(admission.protocol().kind()));
      }
      case Admission.Answered answered ->
          answer(
              context,
              answered.protocol().kind(),
              answered.request(),
              answered.operation(),
              answered.caller(),
              keepingOrder(ticket.bodyIsRead(), answered.outcome()));
    }
  }

  private static Request let(Request request, Ticket ticket) {
    return request.body() instanceof ServletBody body
        ? request.withBody(body.admitted(ticket))
        : request;
  }

  /** Refuses before a protocol is known, on a connection that cannot be used again. */
  private void refuseAndClose(
      ContainerRequestContext context, Request request, String operation, RuntimeException failure)
      throws IOException {
    Protocol protocol = pipeline.router().protocol(Protocol.Kind.S3);
    Outcome outcome = closing(Pipeline.refuse(protocol, request, failure));
    answer(context, protocol.kind(), request, operation, Optional.empty(), outcome);
  }

  private void refuse(
      ContainerRequestContext context,
      Protocol protocol,
      Request request,
      String operation,
      RuntimeException failure)
      throws IOException {
    Outcome outcome = Pipeline.refuse(protocol, request, failure);
    answer(
        context,
        protocol.kind(),
        request,
        operation,
        Optional.empty(),
        keepingOrder(request.body().length().orElse(1) == 0, outcome));
  }

  private void answer(
      ContainerRequestContext context,
      Protocol.Kind protocol,
      Request request,
      String operation,
      Optional<Caller> caller,
      Outcome outcome)
      throws IOException {
    exchange.finish(
        protocol, request, operation, caller, outcome, ExchangeFilter.current().response());
    context.abortWith(jakarta.ws.rs.core.Response.status(outcome.response().status()).build());
  }

  /** A refused request whose body was not read leaves a connection that cannot be used again. */
  private static Outcome keepingOrder(boolean bodyIsRead, Outcome outcome) {
    return outcome.response().status() >= 400 && !bodyIsRead ? closing(outcome) : outcome;
  }

  private static Outcome closing(Outcome outcome) {
    Response response = outcome.response();
    Headers.Builder headers = Headers.builder();
    response.headers().all().forEach(header -> headers.add(header.name(), header.value()));
    headers.add("connection", "close");
    return outcome.withResponse(new Response(response.status(), headers.build(), response.body()));
  }

  private static ServerBusyException starting() {
    return new ServerBusyException("The server is starting");
  }

  private static Map<Protocol.Kind, URI> resources() {
    Map<Protocol.Kind, URI> uris = new EnumMap<>(Protocol.Kind.class);
    for (Protocol.Kind kind : Protocol.Kind.values()) {
      uris.put(
          kind,
          switch (kind) {
            case S3 -> URI.create("/s3");
            case S3TABLES -> URI.create("/s3tables");
            case STS, IAM -> URI.create("/query");
            case ICEBERG -> URI.create("/iceberg");
          });
    }
    return uris;
  }
}
