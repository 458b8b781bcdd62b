package dev.lakebed.front.payara;

import org.glassfish.grizzly.Buffer;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.http.ChunkedTransferEncoding;
import org.glassfish.grizzly.http.HttpBrokenContentException;
import org.glassfish.grizzly.http.HttpContent;
import org.glassfish.grizzly.http.HttpHeader;
import org.glassfish.grizzly.http.HttpRequestPacket;
import org.glassfish.grizzly.http.ParsingResult;
import org.glassfish.grizzly.http.TransferEncoding;
import org.jspecify.annotations.Nullable;

/**
 * Reads chunked bodies of requests in the place of the server's own lenient parser. It also hands a
 * request on as soon as its head is there: the server itself waits for the first chunk, which a
 * client that waits for {@code 100 Continue} never sends, and takes the body of a HEAD for ended
 * when none of it has come yet.
 */
final class StrictChunks implements TransferEncoding {
  private static final String SCAN = StrictChunks.class.getName();

  private final ChunkedTransferEncoding answers;

  /** Writes answers as {@code answers} does. */
  StrictChunks(ChunkedTransferEncoding answers) {
    this.answers = answers;
  }

  @Override
  public boolean wantDecode(HttpHeader header) {
    return header instanceof HttpRequestPacket && header.isChunked();
  }

  @Override
  public ParsingResult parsePacket(FilterChainContext context, HttpHeader header, Buffer input) {
    ChunkScan scan = scan((HttpRequestPacket) header);
    for (int at = input.position(); at < input.limit(); at++) {
      if (scan.data() > 0) {
        return data(scan, header, input, at);
      }
      switch (scan.next(input.get(at))) {
        case MORE -> {}
        case END -> {
          return ParsingResult.create(header.httpTrailerBuilder().build(), rest(input, at + 1));
        }
        case BAD -> throw refused(context, (HttpRequestPacket) header);
      }
    }
    return ParsingResult.create(null, null);
  }

  /** The server itself would send an answer without a body. */
  private static HttpBrokenContentException refused(
      FilterChainContext context, HttpRequestPacket request) {
    if (!request.getResponse().isCommitted()) {
      request.getResponse().setCommitted(true);
      BadRequest.send(context.getConnection());
    }
    return new HttpBrokenContentException("The chunked body is malformed");
  }

  private static ParsingResult data(ChunkScan scan, HttpHeader header, Buffer input, int at) {
    int length = (int) Math.min(scan.data(), input.limit() - at);
    scan.took(length);
    Buffer rest = rest(input, at + length);
    input.position(at);
    input.shrink();
    return ParsingResult.create(header.httpContentBuilder().content(input).build(), rest);
  }

  /** What is left must be a buffer of its own, because its readers count from its start. */
  private static @Nullable Buffer rest(Buffer input, int from) {
    return from < input.limit() ? input.split(from) : null;
  }

  private static ChunkScan scan(HttpRequestPacket request) {
    if (request.getAttribute(SCAN) instanceof ChunkScan begun) {
      return begun;
    }
    ChunkScan scan = new ChunkScan();
    request.setAttribute(SCAN, scan);
    return scan;
  }

  @Override
  public boolean wantEncode(HttpHeader header) {
    return answers.wantEncode(header);
  }

  @Override
  public void prepareSerialize(FilterChainContext context, HttpHeader header, HttpContent content) {
    answers.prepareSerialize(context, header, content);
  }

  @Override
  public Buffer serializePacket(FilterChainContext context, HttpContent content) {
    return answers.serializePacket(context, content);
  }
}
