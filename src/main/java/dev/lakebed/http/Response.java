package dev.lakebed.http;

/**
 * One answer. The edge adds {@code Date}, the request id headers and {@code Content-Length}.
 *
 * @param status HTTP status
 * @param headers header fields, order kept
 * @param body the body; for HEAD only its length is sent
 */
public record Response(int status, Headers headers, ResponseBody body) {
  /** The same answer with more header fields. */
  public Response with(Headers more) {
    if (more.all().isEmpty()) {
      return this;
    }
    Headers.Builder all = Headers.builder();
    headers.all().forEach(field -> all.add(field.name(), field.value()));
    more.all().forEach(field -> all.add(field.name(), field.value()));
    return new Response(status, all.build(), body);
  }

  /** An answer without headers and body. */
  public static Response of(int status) {
    return new Response(status, Headers.NONE, ResponseBody.NONE);
  }
}
