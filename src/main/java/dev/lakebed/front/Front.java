package dev.lakebed.front;

import dev.lakebed.auth.Authenticated;
import dev.lakebed.auth.Caller;
import dev.lakebed.auth.form.PostForm;
import dev.lakebed.auth.form.PostForm.FormLimits;
import dev.lakebed.auth.sigv4.Authenticator;
import dev.lakebed.front.EndedRequest.Outcome;
import dev.lakebed.front.limit.RequestLimits;
import dev.lakebed.front.limit.Ticket;
import dev.lakebed.http.Headers;
import dev.lakebed.http.RawTarget.MalformedTargetException;
import dev.lakebed.http.Request;
import dev.lakebed.http.Request.MalformedRequestException;
import dev.lakebed.http.Response;
import dev.lakebed.http.Response.ResponseBody;
import dev.lakebed.limit.ServerBusyException;
import dev.lakebed.operation.Call;
import dev.lakebed.operation.Protocol;
import dev.lakebed.operation.Protocol.FormUploads;
import dev.lakebed.task.EndOfMemory;
import dev.lakebed.task.FailureLog;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The way of every request, whatever its protocol and whatever server it comes through:
 *
 * <ol>
 *   <li>{@link #receive}: the raw request is read
 *   <li>{@link #admit}: it has room among the others
 *   <li>{@link #decide}: its sender is verified
 *   <li>its operation is found and its parameters are read
 *   <li>the operation's permissions are decided on
 *   <li>{@link #run}: the operation runs
 *   <li>its answer is sent, and the request entered into metrics, audit trail and logs
 * </ol>
 *
 * Whatever fails on the way is answered in the words of the request's protocol.
 */
public final class Front {
  private static final Logger LOG = System.getLogger(Front.class.getName());
  private static final HexFormat HEX = HexFormat.of().withUpperCase();
  private static final String NO_OPERATION = "Unknown";

  /** Answers up to this size are as many as requests in work. */
  private static final int UNCOUNTED_BYTES = 64 * 1024;

  private final Router router;
  private final Authenticator authenticator;
  private final Callers callers;
  private final OperatorRoutes pages;
  private final RequestLimits limits;
  private final RequestRecords records;
  private final Clock clock;
  private final FailureLog failures = new FailureLog(LOG, System::nanoTime);

  /** Joins a principal with the policies and condition keys of its request. */
  @FunctionalInterface
  public interface Callers {
    /** The caller of an authenticated request. */
    Caller of(Authenticated authenticated);
  }

  /** A request whose head is read, and whose protocol is known. */
  public record Received(Protocol protocol, Request request) {
    /** Whether it is run at once, without another station in between. */
    public boolean runsAtOnce() {
      return protocol.runsAtOnce(request);
    }
  }

  /** A request that may run. */
  public record Admitted(Protocol protocol, Request request, Call.Authorised call, Ticket ticket) {}

  /** What {@link #decide} made of a request. */
  sealed interface Decided {
    /** May run. */
    record Granted(Admitted admitted) implements Decided {}

    /** May not, and this is why. */
    record Refused(EndedRequest ended) implements Decided {}
  }

  Front(
      Router router,
      Authenticator authenticator,
      Callers callers,
      OperatorRoutes pages,
      RequestLimits limits,
      RequestRecords records,
      Clock clock) {
    this.router = router;
    this.authenticator = authenticator;
    this.callers = callers;
    this.pages = pages;
    this.limits = limits;
    this.records = records;
    this.clock = clock;
  }

  /**
   * Reads the head of a request.
   *
   * @return empty when it was answered already
   * @throws IOException when an answer could not be sent
   */
  public Optional<Received> receive(HttpExchange http) throws IOException {
    // Request ids as S3 writes them: sixteen hexadecimal digits, no secret.
    String id = HEX.toHexDigits(ThreadLocalRandom.current().nextLong());
    Protocol s3 = router.protocol(Protocol.Kind.S3);
    Request request;
    try {
      request = http.read(id, clock.instant());
    } catch (MalformedTargetException | MalformedRequestException malformed) {
      Request unread = http.unreadable(id, clock.instant());
      answer(http, failed(s3, unread, "Malformed", malformed).closing());
      return Optional.empty();
    }
    // First of all, readiness too: who is told that the server is ready must find it so. This
    // connection was accepted too early and will never be watched.
    if (!http.isWatched()) {
      RuntimeException starting = new ServerBusyException("The server is starting");
      answer(http, failed(s3, request, "Starting", starting).closing());
      return Optional.empty();
    }
    return Optional.of(new Received(router.route(request), request));
  }

  /**
   * Takes a request as far as the decision.
   *
   * @return what may run; empty when it was answered already
   * @throws IOException when an answer could not be sent
   */
  public Optional<Admitted> admit(Received received, HttpExchange http) throws IOException {
    Request request = received.request();
    Optional<Response> page = pages.answer(request).or(() -> WelcomePage.answer(request, router));
    if (page.isPresent()) {
      Outcome shown = Outcome.success(page.get());
      return answer(
          http,
          new EndedRequest(
              router.protocol(Protocol.Kind.S3), request, "Operator", Optional.empty(), shown));
    }
    Ticket ticket;
    try {
      ticket = limits.enter(request);
    } catch (ServerBusyException busy) {
      boolean bodiless = request.body().length().orElse(1) == 0;
      EndedRequest refused = failed(received.protocol(), request, "Refused", busy);
      return answer(http, bodiless ? refused : refused.closing());
    }
    http.hold(ticket);
    Request counted = ClientBody.counted(request, ticket);
    return switch (decide(new Received(received.protocol(), counted), ticket)) {
      case Decided.Granted granted -> Optional.of(granted.admitted());
      // A refused request whose body was not read leaves a connection that cannot be used again.
      case Decided.Refused refused ->
          answer(http, isAtItsEnd(request, ticket) ? refused.ended() : refused.ended().closing());
    };
  }

  /** Whether the next request follows. The server below never reads the body of a TRACE. */
  private static boolean isAtItsEnd(Request request, Ticket ticket) {
    return ticket.bodyIsRead()
        && !(request.method().equals("TRACE") && request.headers().has("transfer-encoding"));
  }

  /**
   * Verifies the sender, finds the operation and decides on it. Never throws for a bad request.
   *
   * @param ticket told the access key when a signature was verified; may say that it has too much
   *     in work
   */
  Decided decide(Received received, Ticket ticket) {
    Protocol protocol = received.protocol();
    Request request = received.request();
    Request current = request;
    String operation = NO_OPERATION;
    Optional<Caller> known = Optional.empty();
    Optional<SentForm> form = Optional.empty();
    try {
      form = SentForm.read(protocol, request, authenticator);
      Authenticated sender =
          form.isPresent()
              ? form.get().authenticate(authenticator)
              : authenticator.authenticate(request, protocol.kind().service());
      current = sender.request();
      sender.accessKeyId().ifPresent(ticket::signedBy);
      Caller caller = callers.of(sender);
      known = Optional.of(caller);
      Call call =
          form.isPresent() ? form.get().resolve(sender.request()) : protocol.resolve(current);
      operation = call.operation();
      Call.Authorised authorised = call.authorise(caller);
      return new Decided.Granted(new Admitted(protocol, current, authorised, ticket));
    } catch (IOException | RuntimeException failure) {
      Optional<String> named =
          operation.equals(NO_OPERATION) ? protocol.operation(current) : Optional.of(operation);
      Outcome refused =
          refusal(protocol, current, failure).withClaim(form.flatMap(SentForm::claimedKey));
      return new Decided.Refused(
          new EndedRequest(protocol, current, named.orElse(NO_OPERATION), known, refused));
    }
  }

  /**
   * Runs what may run and sends its answer.
   *
   * @throws IOException when an answer broke off and the connection could not be ended
   */
  public void run(Admitted admitted, HttpExchange http) throws IOException {
    Outcome outcome = execute(admitted);
    long written = 0;
    try {
      keep(admitted.ticket(), outcome.response().body());
      written = send(http, admitted.request(), outcome.response());
    } catch (HttpExchange.ClientGoneException gone) {
      LOG.log(Level.DEBUG, "{0} the client went away", admitted.request().id());
      outcome = outcome.withError("ClientGone");
      http.endConnection();
    } catch (IOException | RuntimeException failure) {
      if (http.isCommitted()) {
        failures.add("request " + admitted.request().id() + " broke off", failure);
        outcome = outcome.withError("BrokenOff");
        http.endConnection();
      } else {
        http.reset();
        outcome = refusal(admitted.protocol(), admitted.request(), failure);
        written = send(http, admitted.request(), outcome.response());
      }
    } finally {
      records.add(
          new EndedRequest(
              admitted.protocol(),
              admitted.request(),
              admitted.call().operation(),
              Optional.of(admitted.call().caller()),
              outcome),
          written);
    }
  }

  private static Outcome execute(Admitted admitted) {
    try {
      return Outcome.success(admitted.call().run());
    } catch (IOException | RuntimeException failure) {
      return refusal(admitted.protocol(), admitted.request(), failure);
    }
  }

  /** Counts an answer in memory, which a client that does not read lets stay there. */
  private static void keep(Ticket ticket, ResponseBody answer) {
    if (answer instanceof ResponseBody.Bytes whole && whole.bytes().length > UNCOUNTED_BYTES) {
      ticket.take(whole.bytes().length);
    }
  }

  private Optional<Admitted> answer(HttpExchange http, EndedRequest ended) throws IOException {
    long written = 0;
    try {
      written = send(http, ended.request(), ended.outcome().response());
    } finally {
      records.add(ended, written);
    }
    return Optional.empty();
  }

  private long send(HttpExchange http, Request request, Response response) throws IOException {
    Headers shared =
        request.headers().has("origin") ? router.route(request).crossOrigin(request) : Headers.NONE;
    return http.send(request, response.with(shared), clock.instant());
  }

  private static EndedRequest failed(
      Protocol protocol, Request request, String operation, RuntimeException failure) {
    return new EndedRequest(
        protocol, request, operation, Optional.empty(), refusal(protocol, request, failure));
  }

  private static Outcome refusal(Protocol protocol, Request request, Throwable failure) {
    EndOfMemory.endIfOutOf(failure);
    return Outcome.failure(protocol.error(request, failure), protocol.errorCode(request, failure));
  }

  /** A browser's form, read up to its file, and the request as the browser addressed it. */
  private record SentForm(FormUploads protocol, Request sent, String bucket, PostForm form) {
    static Optional<SentForm> read(Protocol protocol, Request request, Authenticator authenticator)
        throws IOException {
      if (!(protocol instanceof FormUploads forms) || !isForm(request)) {
        return Optional.empty();
      }
      Request sent = authenticator.asForwarded(request);
      Optional<String> bucket = forms.formBucket(sent);
      return bucket.isEmpty()
          ? Optional.empty()
          : Optional.of(
              new SentForm(forms, sent, bucket.get(), PostForm.read(sent, FormLimits.DEFAULT)));
    }

    Authenticated authenticate(Authenticator authenticator) {
      return authenticator.authenticateForm(sent, bucket, form);
    }

    private static boolean isForm(Request request) {
      return request.method().equals("POST")
          && request
              .headers()
              .first("content-type")
              .filter(type -> type.regionMatches(true, 0, "multipart/form-data", 0, 19))
              .isPresent();
    }

    Call resolve(Request verified) throws IOException {
      return protocol.resolveForm(verified, form);
    }

    Optional<String> claimedKey() {
      return form.field("x-amz-credential")
          .map(credential -> credential.split("/", 2)[0])
          .or(() -> form.field("awsaccesskeyid"));
    }
  }
}
