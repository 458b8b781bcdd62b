package dev.lakebed.s3.rest;

import dev.lakebed.http.Headers;
import dev.lakebed.http.Response;
import dev.lakebed.http.Response.ResponseBody;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Writes one document: no prefixes, no attributes but the name space of the root, because some
 * clients look for literal tags. Characters that XML 1.0 cannot hold become numeric references (<a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html">AWS, Naming
 * objects</a> advises {@code encoding-type=url} for such keys).
 */
public final class XmlWriter {
  private static final String NAMESPACE = " xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"";
  private static final Headers TYPE =
      Headers.builder().add("content-type", "application/xml").build();

  /** Most characters of a document that is kept whole, or of the piece of a longer one. */
  private static final int PIECE = 64 * 1024;

  /** A document that is to be sent as it is written. */
  private static final class TooLongException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooLongException() {
      super(null, null, false, false);
    }
  }

  private final StringBuilder out = new StringBuilder(512);
  private final String root;

  private final Consumer<StringBuilder> full;

  private XmlWriter(String root, String attribute) {
    this(root, attribute, piece -> {});
  }

  private XmlWriter(String root, String attribute, Consumer<StringBuilder> full) {
    this.root = root;
    this.full = full;
    out.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<").append(root).append(attribute);
    out.append('>');
  }

  public static XmlWriter document(String root) {
    return new XmlWriter(root, NAMESPACE);
  }

  /** An answer with status 200 whose body is the document. */
  public static Response answer(XmlWriter document) {
    return new Response(200, TYPE, document.end());
  }

  public static Response answer(XmlWriter document, Headers own) {
    return answer(document).with(own);
  }

  /**
   * An answer whose document, with its root in the S3 name space, may have any length: kept whole
   * up to 64 KiB, and longer ones written as they are sent, since each client may let its answer
   * stand. {@code content} writes the inside; may run twice, so it must write the same each time.
   */
  public static Response answer(String root, Consumer<XmlWriter> content) {
    return new Response(200, TYPE, body(root, content));
  }

  private static ResponseBody body(String root, Consumer<XmlWriter> content) {
    try {
      XmlWriter whole =
          new XmlWriter(
              root,
              NAMESPACE,
              piece -> {
                throw new TooLongException();
              });
      content.accept(whole);
      return whole.end();
    } catch (TooLongException sent) {
      return new ResponseBody.Streamed(
          -1,
          sink -> send(new XmlWriter(root, NAMESPACE, piece -> send(piece, sink)), content, sink),
          () -> {});
    }
  }

  private static void send(XmlWriter document, Consumer<XmlWriter> content, OutputStream sink)
      throws IOException {
    try {
      content.accept(document);
      document.close(document.root);
      send(document.out, sink);
    } catch (UncheckedIOException failed) {
      throw failed.getCause();
    }
  }

  private static void send(StringBuilder piece, OutputStream sink) {
    try {
      sink.write(piece.toString().getBytes(StandardCharsets.UTF_8));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    piece.setLength(0);
  }

  /** A document whose root is in the name space of S3 Control. */
  public static XmlWriter control(String root) {
    return new XmlWriter(root, " xmlns=\"http://awss3control.amazonaws.com/doc/2018-08-20/\"");
  }

  /** A document without name space, as error bodies are. */
  public static XmlWriter plain(String root) {
    return new XmlWriter(root, "");
  }

  public XmlWriter open(String name) {
    out.append('<').append(name).append('>');
    return this;
  }

  /** Opens the one element of the protocol that has attributes: who a right is granted to. */
  public XmlWriter openGrantee(String type) {
    out.append("<Grantee xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:type=\"");
    out.append(type).append("\">");
    return this;
  }

  public XmlWriter close(String name) {
    out.append("</").append(name).append('>');
    if (out.length() > PIECE) {
      full.accept(out);
    }
    return this;
  }

  public XmlWriter identity(String role, String id) {
    return open(role).element("ID", id).element("DisplayName", id).close(role);
  }

  public XmlWriter element(String name, String text) {
    return open(name).text(text).close(name);
  }

  public XmlWriter unlessEmpty(String name, String text) {
    return text.isEmpty() ? this : element(name, text);
  }

  public XmlWriter element(String name, long number) {
    return element(name, Long.toString(number));
  }

  public XmlWriter element(String name, boolean value) {
    return element(name, Boolean.toString(value));
  }

  public XmlWriter text(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> out.append("&amp;");
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '"' -> out.append("&quot;");
        default -> {
          if ((c < 0x20 && c != '\t' && c != '\n') || c == 0x7f || c == 0xfffe || c == 0xffff) {
            out.append("&#x").append(Integer.toHexString(c)).append(';');
          } else {
            out.append(c);
          }
        }
      }
    }
    return this;
  }

  public ResponseBody.Bytes end() {
    close(root);
    return new ResponseBody.Bytes(out.toString().getBytes(StandardCharsets.UTF_8));
  }
}
