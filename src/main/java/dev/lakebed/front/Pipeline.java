package dev.lakebed.front;

import dev.lakebed.auth.Authenticated;
import dev.lakebed.auth.Caller;
import dev.lakebed.auth.form.PostForm;
import dev.lakebed.auth.form.PostForm.FormLimits;
import dev.lakebed.auth.sigv4.Authenticator;
import dev.lakebed.http.Request;
import dev.lakebed.operation.Call;
import dev.lakebed.operation.FormUploads;
import dev.lakebed.operation.Protocol;
import dev.lakebed.task.EndOfMemory;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;

/** The stages of a request: authenticate, resolve, authorise, and later execute. */
final class Pipeline {
  private static final String NO_OPERATION = "Unknown";

  private final Router router;
  private final Authenticator authenticator;
  private final Callers callers;

  Pipeline(Router router, Authenticator authenticator, Callers callers) {
    this.router = router;
    this.authenticator = authenticator;
    this.callers = callers;
  }

  Router router() {
    return router;
  }

  /**
   * Runs every stage before execution. Never throws for a bad request.
   *
   * @param signedBy told the access key when a signature was verified; may say that it has too much
   *     in work
   */
  Admission admit(Request request, Consumer<String> signedBy) {
    Protocol protocol = router.route(request);
    String operation = NO_OPERATION;
    Request current = request;
    Optional<Caller> known = Optional.empty();
    Optional<SentForm> form = Optional.empty();
    try {
      form = form(protocol, request);
      Sender sender = authenticate(protocol, request, form);
      current = sender.authenticated().request();
      sender.authenticated().accessKeyId().ifPresent(signedBy);
      Caller caller = callers.of(sender.authenticated());
      known = Optional.of(caller);
      Call call = sender.resolution().resolve();
      operation = call.operation();
      call.authorise(caller);
      return new Admission.Granted(protocol, current, call, caller);
    } catch (IOException | RuntimeException failure) {
      Optional<String> named =
          operation.equals(NO_OPERATION) ? protocol.operation(current) : Optional.of(operation);
      return new Admission.Answered(
          protocol,
          current,
          named.orElse(NO_OPERATION),
          known,
          refuse(protocol, current, failure).withClaim(form.flatMap(SentForm::claimedKey)));
    }
  }

  /** A browser's form, read up to its file. */
  private record SentForm(FormUploads protocol, String bucket, PostForm form) {
    Optional<String> claimedKey() {
      return form.field("x-amz-credential")
          .map(credential -> credential.split("/", 2)[0])
          .or(() -> form.field("awsaccesskeyid"));
    }
  }

  /** Who sent a request, and how to find what it asks for. */
  private record Sender(Authenticated authenticated, Resolution resolution) {}

  @FunctionalInterface
  private interface Resolution {
    Call resolve() throws IOException;
  }

  private static Optional<SentForm> form(Protocol protocol, Request request) throws IOException {
    if (!(protocol instanceof FormUploads forms) || !isForm(request)) {
      return Optional.empty();
    }
    Optional<String> bucket = forms.formBucket(request);
    return bucket.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new SentForm(forms, bucket.get(), PostForm.read(request, FormLimits.DEFAULT)));
  }

  private Sender authenticate(Protocol protocol, Request request, Optional<SentForm> sent)
      throws IOException {
    if (sent.isPresent()) {
      PostForm form = sent.get().form();
      Authenticated sender = authenticator.authenticateForm(request, sent.get().bucket(), form);
      return new Sender(sender, () -> sent.get().protocol().resolveForm(sender.request(), form));
    }
    Authenticated sender = authenticator.authenticate(request, protocol.kind().service());
    return new Sender(sender, () -> protocol.resolve(sender.request()));
  }

  private static boolean isForm(Request request) {
    return request.method().equals("POST")
        && request
            .headers()
            .first("content-type")
            .filter(type -> type.regionMatches(true, 0, "multipart/form-data", 0, 19))
            .isPresent();
  }

  /** Runs the operation. Never throws for a bad request. */
  Outcome execute(Admission.Granted granted) {
    try {
      return Outcome.success(granted.call().execute(granted.caller()));
    } catch (IOException | RuntimeException failure) {
      return refuse(granted, failure);
    }
  }

  /** The error answer of an admitted request. */
  static Outcome refuse(Admission.Granted granted, Throwable failure) {
    return refuse(granted.protocol(), granted.request(), failure);
  }

  /** The error answer of a protocol. */
  static Outcome refuse(Protocol protocol, Request request, Throwable failure) {
    EndOfMemory.endIfOutOf(failure);
    return Outcome.failure(protocol.error(request, failure), protocol.errorCode(request, failure));
  }
}
