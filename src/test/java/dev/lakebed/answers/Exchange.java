package dev.lakebed.answers;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An answer as it came: no client has followed, decoded or left out anything of it, but the frames
 * of chunks, whose lengths say nothing.
 *
 * @param head status line and header fields
 */
record Exchange(List<String> head, byte[] body) {
  private static final int PATIENCE_MILLIS = 120_000;
  private static final String OF_BODY = "content-length: {of the body}";
  private static final String END_OF_HEAD = "\r\n\r\n";

  /** Sends a request on a connection of its own and reads to the end of it. */
  static Exchange send(
      InetSocketAddress server,
      String method,
      String target,
      Map<String, String> headers,
      byte[] body)
      throws IOException {
    StringBuilder head = new StringBuilder(method + " " + target + " HTTP/1.1\r\n");
    headers.forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
    if (body.length > 0 || method.equals("PUT") || method.equals("POST")) {
      head.append("content-length: " + body.length + "\r\n");
    }
    head.append("connection: close" + END_OF_HEAD);
    try (Socket socket = new Socket()) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.connect(server);
      OutputStream out = socket.getOutputStream();
      out.write(head.toString().getBytes(UTF_8));
      out.write(body);
      out.flush();
      return parse(socket.getInputStream().readAllBytes());
    }
  }

  private static Exchange parse(byte[] bytes) {
    String all = new String(bytes, ISO_8859_1);
    int end = all.indexOf(END_OF_HEAD);
    List<String> head = List.of(all.substring(0, end).split("\r\n"));
    String body = all.substring(end + END_OF_HEAD.length());
    boolean chunked =
        head.stream().anyMatch(line -> line.toLowerCase(Locale.ROOT).endsWith(": chunked"));
    return new Exchange(head, chunked ? unchunked(body) : body.getBytes(ISO_8859_1));
  }

  private static byte[] unchunked(String body) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    int at = 0;
    while (at < body.length()) {
      int line = body.indexOf("\r\n", at);
      int length = Integer.parseInt(body.substring(at, line), 16);
      content.writeBytes(body.substring(line + 2, line + 2 + length).getBytes(ISO_8859_1));
      at = length == 0 ? body.length() : line + 2 + length + 2;
    }
    return content.toByteArray();
  }

  /**
   * As a text: header fields sorted, without the date, nor the length of the body that is there; a
   * body that is no text in hexadecimal.
   */
  String text() {
    Stream<String> fields =
        head.stream()
            .skip(1)
            .map(Exchange::lowerCaseName)
            .filter(field -> !field.startsWith("date: "))
            .map(field -> field.equals("content-length: " + body.length) ? OF_BODY : field)
            .sorted();
    return Stream.concat(Stream.of(head.getFirst()), fields).collect(Collectors.joining("\n"))
        + "\n\n"
        + bodyText();
  }

  private static String lowerCaseName(String field) {
    String[] parts = field.split(":", 2);
    return parts[0].toLowerCase(Locale.ROOT) + ":" + parts[1];
  }

  private String bodyText() {
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString().replace("\r", "\\r");
    } catch (CharacterCodingException binary) {
      return HexFormat.of().formatHex(body);
    }
  }
}
