package dev.lakebed.wire;

/**
 * One answer. The edge adds {@code Date}, the request id headers and {@code Content-Length}.
 *
 * @param status HTTP status
 * @param headers header fields, order kept
 * @param body the body; for HEAD only its length is sent
 */
public record Response(int status, Headers headers, ResponseBody body) {
  /** An answer without headers and body. */
  public static Response of(int status) {
    return new Response(status, Headers.NONE, ResponseBody.NONE);
  }
}
