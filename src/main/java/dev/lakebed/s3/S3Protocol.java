package dev.lakebed.s3;

import dev.lakebed.auth.form.PostForm;
import dev.lakebed.http.Headers;
import dev.lakebed.http.RawTarget.MalformedTargetException;
import dev.lakebed.http.Request;
import dev.lakebed.http.Response;
import dev.lakebed.http.VirtualHosts;
import dev.lakebed.operation.Call;
import dev.lakebed.operation.Operation;
import dev.lakebed.operation.Operation.Effect;
import dev.lakebed.operation.OperationTable;
import dev.lakebed.operation.Protocol.FormUploads;
import dev.lakebed.s3.ErrorResponses.S3ErrorMapping;
import dev.lakebed.s3.S3Services.S3Settings;
import dev.lakebed.s3.bucket.ControlApi;
import dev.lakebed.s3.bucket.CrossOriginRequest;
import dev.lakebed.s3.object.PostObject.FormFields;
import dev.lakebed.s3.rest.Addressing;
import dev.lakebed.s3.rest.BucketLookup;
import dev.lakebed.s3.rest.ExpectedOwner;
import dev.lakebed.s3.rest.PresignedHeaders;
import dev.lakebed.s3.rest.Route;
import dev.lakebed.s3.rest.S3Error;
import dev.lakebed.s3.rest.S3Error.S3Exception;
import dev.lakebed.s3.rest.S3Request;
import dev.lakebed.storage.metadata.MetadataUnavailableException;
import dev.lakebed.storage.metadata.iam.Entity.Kind;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Amazon S3 over REST and XML. */
public final class S3Protocol implements FormUploads {
  private final Addressing addressing;
  private final BucketLookup buckets;
  private final OperationTable<Route, S3Request> operations;
  private final ControlApi control;
  private final Operation<S3Request> formUpload;
  private final ErrorResponses errors;

  public S3Protocol(S3Services services, S3Settings settings) {
    this.addressing = new Addressing(settings.domains());
    this.buckets = new BucketLookup(services.buckets());
    this.operations = S3Operations.table(services, settings);
    this.control = new ControlApi(buckets, services.accessRules());
    this.formUpload = S3Operations.formUpload(services);
    this.errors =
        new ErrorResponses(
            settings.hostId(), settings.region(), new VirtualHosts(settings.domains()));
  }

  @Override
  public Kind kind() {
    return Kind.S3;
  }

  @Override
  public Call resolve(Request request) throws IOException {
    if (ControlApi.is(request)) {
      return control.bind(request);
    }
    S3Request parsed = addressing.parse(PresignedHeaders.of(request));
    return ExpectedOwner.guard(find(parsed).bind(parsed), parsed, buckets);
  }

  @Override
  public Optional<String> operation(Request request) {
    try {
      return Optional.of(
          ControlApi.is(request)
              ? control.find(request).name()
              : find(addressing.parse(request)).name());
    } catch (S3Exception | MalformedTargetException none) {
      return Optional.empty();
    }
  }

  @Override
  public boolean runsAtOnce(Request request) {
    try {
      return !ControlApi.is(request)
          && find(addressing.parse(request)).effect() != Effect.ADMINISTERS;
    } catch (S3Exception | MalformedTargetException nothing) {
      return true;
    }
  }

  /** What no operation is called is no operation, and does nothing. */
  @Override
  public Effect effect(String operation) {
    return operations.effect(operation).or(() -> control.effect(operation)).orElse(Effect.READS);
  }

  @Override
  public Optional<String> formBucket(Request request) {
    S3Request parsed = addressing.parse(request);
    return Route.of(parsed).selector().equals(Route.FORM)
        ? Optional.of(parsed.bucket())
        : Optional.empty();
  }

  @Override
  public Call resolveForm(Request request, PostForm form) throws IOException {
    S3Request upload = FormFields.apply(addressing.parse(request), form);
    return ExpectedOwner.guard(formUpload.bind(upload), upload, buckets);
  }

  @Override
  public Headers crossOrigin(Request request) {
    if (ControlApi.is(request) || request.method().equals("OPTIONS")) {
      return Headers.NONE;
    }
    try {
      return buckets
          .find(addressing.parse(request).bucket())
          .map(bucket -> CrossOriginRequest.headers(request, bucket.cors()))
          .orElse(Headers.NONE);
    } catch (S3Exception | MalformedTargetException | MetadataUnavailableException unknown) {
      // The answer says already what is wrong; no page of another origin may read it.
      return Headers.NONE;
    }
  }

  @Override
  public Response error(Request request, Throwable failure) {
    return errors.of(request, failure, namesBucket(request));
  }

  @Override
  public String errorCode(Request request, Throwable failure) {
    return S3ErrorMapping.of(failure).map(S3Exception::error).orElse(S3Error.INTERNAL_ERROR).code();
  }

  @Override
  public Collection<Operation<?>> operations() {
    return Stream.of(operations.all(), control.operations(), List.of(formUpload))
        .flatMap(Collection::stream)
        .collect(Collectors.toUnmodifiableList());
  }

  private Operation<? super S3Request> find(S3Request request) {
    return operations
        .find(Route.of(request))
        .orElseThrow(
            () ->
                S3Error.METHOD_NOT_ALLOWED
                    .exception()
                    .with("Method", request.wire().method())
                    .with("ResourceType", request.level().name()));
  }

  private boolean namesBucket(Request request) {
    try {
      return !ControlApi.is(request)
          && addressing.parse(request).level() != S3Request.Level.SERVICE;
    } catch (S3Exception | MalformedTargetException unreadable) {
      return false;
    }
  }
}
