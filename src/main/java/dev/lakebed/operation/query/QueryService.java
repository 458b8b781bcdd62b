package dev.lakebed.operation.query;

import dev.lakebed.auth.Caller;
import dev.lakebed.auth.Denial;
import dev.lakebed.auth.Permission;
import dev.lakebed.http.Headers;
import dev.lakebed.http.Request;
import dev.lakebed.http.Response;
import dev.lakebed.http.Response.ResponseBody;
import dev.lakebed.operation.Call;
import dev.lakebed.operation.Operation;
import dev.lakebed.operation.Operation.Effect;
import dev.lakebed.operation.query.QueryError.QueryException;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One service of the Query protocol and the shape of its answers.
 *
 * @param version API version, for example {@code 2011-06-15}
 * @param namespace XML namespace of every answer
 * @see <a href="https://docs.aws.amazon.com/STS/latest/APIReference/welcome.html">AWS STS API</a>
 */
public record QueryService(String version, String namespace) {
  public static final QueryService STS =
      new QueryService("2011-06-15", "https://sts.amazonaws.com/doc/2011-06-15/");

  public static final QueryService IAM =
      new QueryService("2010-05-08", "https://iam.amazonaws.com/doc/2010-05-08/");

  /**
   * An operation of this service. Each makes, ends, changes or tells about identities and sessions.
   *
   * @param authorization how it is authorised
   * @param reader reads the parameters
   * @param needed what the caller must be allowed; see {@link Call}
   * @param work runs it; an empty answer is one without a result
   * @param <P> its parameters
   */
  public <P> Operation<QueryCall> operation(
      String name,
      Call.Authorization authorization,
      Function<QueryCall, P> reader,
      BiFunction<P, Caller, List<Permission>> needed,
      BiFunction<P, Caller, Optional<QueryXml.Content>> work) {
    return new Operation<>(
        name,
        Effect.ADMINISTERS,
        (api, call) -> {
          Parameters<P> parameters = new Parameters<>(() -> reader.apply(call));
          return new Call(
              api,
              authorization,
              caller -> needed.apply(parameters.read(), caller),
              List.of(),
              caller -> success(call.request(), api, work.apply(parameters.read(), caller)));
        });
  }

  /** Parameters that are read when the caller is decided on: by then the call has its name. */
  private static final class Parameters<P> {
    private final Supplier<P> reader;
    private @Nullable P known;

    Parameters(Supplier<P> reader) {
      this.reader = reader;
    }

    P read() {
      if (known == null) {
        known = reader.get();
      }
      return known;
    }
  }

  /** The answer of an action that succeeded; without a result it has nothing to say. */
  Response success(Request request, String action, Optional<QueryXml.Content> result) {
    return answer(
        200,
        request,
        Headers.builder(),
        QueryXml.document(
            action + "Response",
            namespace,
            xml -> {
              if (result.isPresent()) {
                xml.element(action + "Result", result.get());
              }
              xml.element("ResponseMetadata", metadata -> metadata.text("RequestId", request.id()));
            }));
  }

  /** The answer to any failure; what no rule knows is logged and becomes InternalFailure. */
  Response failure(Request request, Throwable failure) {
    QueryException refusal = Refusals.of(request, failure);
    QueryError error = refusal.error();
    String message = String.valueOf(refusal.getMessage());
    Headers.Builder headers = Headers.builder();
    refusal.denial().ifPresent(denial -> headers.add("x-lakebed-decision-id", denial.id()));
    refusal
        .encodedMessage()
        .ifPresent(text -> headers.add("x-lakebed-authorization-message", text));
    return answer(
        error.status(),
        request,
        headers,
        QueryXml.document(
            "ErrorResponse",
            namespace,
            xml ->
                xml.element(
                        "Error",
                        e ->
                            e.text("Type", error.type())
                                .text("Code", error.code())
                                .text("Message", message)
                                .optional("DecisionId", refusal.denial().map(Denial::id))
                                .optional("EncodedMessage", refusal.encodedMessage()))
                    .text("RequestId", request.id())));
  }

  private static Response answer(int status, Request request, Headers.Builder headers, byte[] xml) {
    headers.add("Content-Type", "text/xml").add("x-amzn-RequestId", request.id());
    return new Response(status, headers.build(), new ResponseBody.Bytes(xml));
  }

  /**
   * A request of the Query protocol with its parameters read.
   *
   * @param request as it came
   * @param parameters of query string and body
   */
  public record QueryCall(Request request, QueryRequest parameters) {}
}
