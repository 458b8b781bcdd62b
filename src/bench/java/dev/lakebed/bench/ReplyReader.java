package dev.lakebed.bench;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;

/** Reads HTTP/1.1 replies from a connection through one reused buffer. */
final class ReplyReader {
  private static final int HEAD_LIMIT = 32 << 10;

  private final ReadableByteChannel channel;
  private final ByteBuffer buffer;

  /** {@code buffer} is outside the heap and holds at least {@value #HEAD_LIMIT} bytes. */
  ReplyReader(ReadableByteChannel channel, ByteBuffer buffer) {
    this.channel = channel;
    this.buffer = buffer.clear().flip();
  }

  ReplyHead head() throws IOException {
    ReplyHead head = ReplyHead.parse(textUntil("\r\n\r\n"));
    return head.status() == 100 ? head() : head;
  }

  /** Hands the body to the sink and answers its length. */
  long body(ReplyHead head, BodySink sink) throws IOException {
    if (!head.bodied()) {
      return 0;
    }
    if (head.chunked()) {
      return chunks(sink);
    }
    long length = head.contentLength();
    if (length < 0) {
      return untilEnd(sink);
    }
    fixed(length, sink);
    return length;
  }

  private long untilEnd(BodySink sink) throws IOException {
    long total = 0;
    do {
      total += buffer.remaining();
      sink.accept(buffer);
    } while (more());
    return total;
  }

  private long chunks(BodySink sink) throws IOException {
    long total = 0;
    while (true) {
      String line = textUntil("\r\n");
      int extension = line.indexOf(';');
      int size = Integer.parseInt(extension < 0 ? line : line.substring(0, extension).trim(), 16);
      if (size == 0) {
        skipTrailers();
        return total;
      }
      fixed(size, sink);
      if (!textUntil("\r\n").isEmpty()) {
        throw new IOException("chunk is longer than announced");
      }
      total += size;
    }
  }

  private void skipTrailers() throws IOException {
    boolean more = true;
    while (more) {
      more = !textUntil("\r\n").isEmpty();
    }
  }

  private void fixed(long length, BodySink sink) throws IOException {
    long left = length;
    while (left > 0) {
      if (!buffer.hasRemaining()) {
        fill();
      }
      int piece = (int) Math.min(left, buffer.remaining());
      int end = buffer.limit();
      buffer.limit(buffer.position() + piece);
      sink.accept(buffer);
      buffer.limit(end);
      left -= piece;
    }
  }

  private String textUntil(String end) throws IOException {
    int scanned = 0;
    while (true) {
      int at = find(end, buffer.position() + scanned);
      if (at >= 0) {
        byte[] text = new byte[at - buffer.position()];
        buffer.get(text);
        buffer.position(buffer.position() + end.length());
        return new String(text, StandardCharsets.ISO_8859_1);
      }
      scanned = Math.max(0, buffer.remaining() - end.length() + 1);
      if (buffer.remaining() >= HEAD_LIMIT) {
        throw new IOException("reply head is longer than " + HEAD_LIMIT + " bytes");
      }
      fill();
    }
  }

  private int find(String end, int from) {
    for (int at = from; at <= buffer.limit() - end.length(); at++) {
      int matched = 0;
      while (matched < end.length() && buffer.get(at + matched) == end.charAt(matched)) {
        matched++;
      }
      if (matched == end.length()) {
        return at;
      }
    }
    return -1;
  }

  private void fill() throws IOException {
    if (!more()) {
      throw new EOFException("server closed the connection");
    }
  }

  private boolean more() throws IOException {
    buffer.compact();
    int count = channel.read(buffer);
    buffer.flip();
    return count >= 0;
  }
}
