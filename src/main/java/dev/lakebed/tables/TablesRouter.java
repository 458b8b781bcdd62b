package dev.lakebed.tables;

import static java.util.Objects.requireNonNull;

import dev.lakebed.http.PercentEncoding;
import dev.lakebed.http.QueryParameters;
import dev.lakebed.http.RawTarget.MalformedTargetException;
import dev.lakebed.http.Request;
import dev.lakebed.http.RequestBody;
import dev.lakebed.tables.rest.JsonMembers;
import dev.lakebed.tables.rest.OperationName;
import dev.lakebed.tables.rest.TablesError;
import dev.lakebed.tables.rest.TablesError.TablesException;
import dev.lakebed.tables.rest.TablesRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds the operation: by method and path as AWS SDKs send it, or by {@code POST /} with {@code
 * X-Amz-Target: S3Tables.Operation}, where all parameters are members of the body.
 */
final class TablesRouter {
  /** Most bytes of a body: the largest requests are Iceberg schemas. */
  private static final int LIMIT = 1 << 20;

  private static final String TARGET = "x-amz-target";
  private static final String PREFIX = "S3Tables.";
  private static final Map<OperationName, PathTemplate> PATHS =
      Arrays.stream(OperationName.values())
          .collect(Collectors.toMap(name -> name, name -> PathTemplate.parse(name.path())));

  private TablesRouter() {}

  private static Optional<Map<String, String>> match(OperationName operation, List<String> path) {
    return requireNonNull(PATHS.get(operation)).match(path);
  }

  static boolean isTargetForm(Request request) {
    return request.method().equals("POST")
        && request.target().path().equals("/")
        && request.headers().has(TARGET);
  }

  static Optional<OperationName> operation(Request request) {
    try {
      return Optional.of(
          isTargetForm(request)
              ? byTarget(request)
              : byPath(request.method(), PathTemplate.segments(request.target().path())));
    } catch (TablesException | MalformedTargetException none) {
      return Optional.empty();
    }
  }

  /**
   * The operation with its parameters. Fails with {@code UNKNOWN_OPERATION}, {@code
   * METHOD_NOT_ALLOWED} or {@code BAD_REQUEST}.
   */
  static TablesRequest resolve(Request request) throws IOException {
    if (isTargetForm(request)) {
      OperationName operation = byTarget(request);
      JsonMembers body = body(request);
      return new TablesRequest(operation, body::scalars, body);
    }
    List<String> path = PathTemplate.segments(request.target().path());
    OperationName operation = byPath(request.method(), path);
    return new TablesRequest(
        operation,
        parameters(match(operation, path).orElseThrow(), request.query()),
        request.method().equals("PUT") || request.method().equals("POST")
            ? body(request)
            : JsonMembers.NONE);
  }

  private static Function<String, List<String>> parameters(
      Map<String, String> labels, QueryParameters query) {
    return name ->
        Stream.concat(
                Stream.ofNullable(labels.get(name)),
                query.all().stream()
                    .filter(parameter -> parameter.name().equals(name))
                    .map(QueryParameters.Parameter::value))
            .toList();
  }

  private static JsonMembers body(Request request) throws IOException {
    byte[] bytes = bytes(request.body());
    return bytes.length == 0 ? JsonMembers.NONE : JsonMembers.read(bytes);
  }

  private static byte[] bytes(RequestBody body) throws IOException {
    if (body.length().orElse(0) > LIMIT) {
      throw tooLarge();
    }
    try (InputStream in = body.open()) {
      byte[] bytes = in.readNBytes(LIMIT + 1);
      if (bytes.length > LIMIT) {
        throw tooLarge();
      }
      return bytes;
    }
  }

  private static RuntimeException tooLarge() {
    return TablesError.REQUEST_ENTITY_TOO_LARGE.because("The request body is larger than 1 MiB.");
  }

  private static OperationName byTarget(Request request) {
    String target = request.headers().first(TARGET).orElse("");
    return find(operation ->
            target.startsWith(PREFIX) && operation.api().equals(target.substring(PREFIX.length())))
        .orElseThrow(
            () -> TablesError.UNKNOWN_OPERATION.because("X-Amz-Target names no operation."));
  }

  private static OperationName byPath(String method, List<String> path) {
    Predicate<OperationName> fits = operation -> match(operation, path).isPresent();
    return find(fits.and(operation -> operation.method().equals(method)))
        .orElseThrow(
            () ->
                find(fits).isPresent()
                    ? TablesError.METHOD_NOT_ALLOWED.because(
                        "The path has no operation for the method " + method + '.')
                    : TablesError.UNKNOWN_OPERATION.because(
                        "The path is not one of S3 Tables. An ARN is one path segment, its slash"
                            + " sent as %2F."));
  }

  private static Optional<OperationName> find(Predicate<OperationName> predicate) {
    return Arrays.stream(OperationName.values()).filter(predicate).findFirst();
  }

  /**
   * A path of the API model; each label stands for exactly one segment. {@code segments} are
   * literal text, or a label name in braces.
   */
  record PathTemplate(List<String> segments) {
    static PathTemplate parse(String path) {
      return new PathTemplate(List.of(path.substring(1).split("/")));
    }

    Optional<Map<String, String>> match(List<String> path) {
      if (path.size() != segments.size()) {
        return Optional.empty();
      }
      Map<String, String> labels = new HashMap<>();
      for (int i = 0; i < path.size(); i++) {
        String expected = segments.get(i);
        if (expected.startsWith("{")) {
          labels.put(expected.substring(1, expected.length() - 1), path.get(i));
        } else if (!expected.equals(path.get(i))) {
          return Optional.empty();
        }
      }
      return Optional.of(labels);
    }

    /**
     * Splits the raw path and decodes each segment once. AWS SDKs send an ARN as one segment with
     * {@code %2F}; some clients send its slashes raw. A segment that is an ARN up to {@code
     * :bucket} without slash can be nothing else, so the segments of its rest are joined to it.
     */
    static List<String> segments(String rawPath) {
      List<String> segments =
          Arrays.stream(rawPath.substring(1).split("/", -1)).map(PercentEncoding::decode).toList();
      if (segments.size() < 3
          || !segments.get(1).startsWith("arn:")
          || !segments.get(1).endsWith(":bucket")) {
        return segments;
      }
      boolean table =
          segments.size() == 5 && segments.get(0).equals("tag") && segments.get(3).equals("table");
      int end = table ? 5 : 3;
      List<String> joined = new ArrayList<>(segments);
      joined.subList(1, end).clear();
      joined.add(1, String.join("/", segments.subList(1, end)));
      return joined;
    }
  }
}
