package dev.lakebed.http;

import dev.lakebed.http.Request.MalformedRequestException;
import java.util.List;
import java.util.OptionalLong;

/**
 * Reads how long a body is and refuses whatever two readers could understand differently (RFC 9112
 * section 6.3): that is how requests are smuggled.
 */
public final class Framing {
  private Framing() {}

  /**
   * The announced length; 0 without a body, empty for a chunked one. Fails with
   * MalformedRequestException for contradictory framing.
   */
  public static OptionalLong length(Headers headers) {
    List<String> encodings = headers.all("transfer-encoding");
    List<String> lengths = headers.all("content-length");
    if (headers.all("host").size() > 1) {
      throw new MalformedRequestException("More than one Host header");
    }
    if (!encodings.isEmpty()) {
      if (encodings.size() > 1 || !encodings.getFirst().equalsIgnoreCase("chunked")) {
        throw new MalformedRequestException("The only Transfer-Encoding supported is chunked");
      }
      if (!lengths.isEmpty()) {
        throw new MalformedRequestException("Both Content-Length and Transfer-Encoding");
      }
      return OptionalLong.empty();
    }
    if (lengths.size() > 1) {
      throw new MalformedRequestException("More than one Content-Length header");
    }
    OptionalLong length = Decimal.parse(lengths.isEmpty() ? "0" : lengths.getFirst());
    if (length.isEmpty()) {
      throw new MalformedRequestException("Content-Length is not a number");
    }
    return length;
  }
}
