package dev.lakebed.auth.form;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.lakebed.auth.form.PostForm.MalformedFormException;
import dev.lakebed.auth.payload.PayloadException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Splits a multipart body into parts through one small buffer (RFC 2046 section 5.1.1). */
final class MultipartReader extends InputStream {
  private static final int BUFFER = 16 * 1024;
  private static final Pattern CONTENT_TYPE =
      Pattern.compile(
          "multipart/form-data\\s*;(?:[^\"]*;)?\\s*boundary="
              + "(?:\"([^\"]{1,70})\"|([0-9A-Za-z'()+_,./:=?-]{1,70}))\\s*(?:;.*)?",
          Pattern.CASE_INSENSITIVE);

  private final InputStream raw;
  private final byte[] delimiter;
  private final byte[] buffer = new byte[BUFFER];
  private int position;
  private int limit;
  private boolean partEnded;

  /** Starts before the first boundary. */
  MultipartReader(InputStream raw, String boundary) {
    this.raw = raw;
    this.delimiter = ("\r\n--" + boundary).getBytes(ISO_8859_1);
    // The first boundary may stand at the very start of the body.
    buffer[0] = '\r';
    buffer[1] = '\n';
    limit = 2;
  }

  /** Goes behind the first boundary, which nothing but one line end may precede. */
  boolean first() throws IOException {
    require(4);
    if (buffer[2] == '\r' && buffer[3] == '\n') {
      position = 2;
    }
    if (!atDelimiter()) {
      throw malformed();
    }
    position += delimiter.length;
    return opensPart();
  }

  /** Whether another part follows the boundary that was just read. */
  boolean opensPart() throws IOException {
    require(2);
    int a = buffer[position];
    int b = buffer[position + 1];
    position += 2;
    partEnded = false;
    if (a == '\r' && b == '\n') {
      return true;
    }
    if (a == '-' && b == '-') {
      return false;
    }
    throw malformed();
  }

  /** One header line of a part, without its line end; empty at the end of the headers. */
  String headerLine(int longest) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    while (true) {
      require(1);
      byte b = buffer[position++];
      if (b == '\r') {
        require(1);
        if (buffer[position++] != '\n') {
          throw malformed();
        }
        return text(line.toByteArray());
      }
      if (line.size() == longest) {
        throw new MalformedFormException("The header of a form part is too long.");
      }
      line.write(b);
    }
  }

  /** Bytes of the current part; -1 at its end, where the boundary has been read. */
  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (partEnded) {
      return -1;
    }
    require(1);
    boolean maybeDelimiter = buffer[position] == '\r';
    if (maybeDelimiter && atDelimiter()) {
      position += delimiter.length;
      partEnded = true;
      return -1;
    }
    int end = maybeDelimiter ? position + 1 : position;
    int most = Math.min(limit, position + length);
    while (end < most && buffer[end] != '\r') {
      end++;
    }
    int count = end - position;
    System.arraycopy(buffer, position, target, offset, count);
    position = end;
    return count;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public void close() throws IOException {
    raw.close();
  }

  private boolean atDelimiter() throws IOException {
    require(delimiter.length);
    return Arrays.equals(
        buffer, position, position + delimiter.length, delimiter, 0, delimiter.length);
  }

  /** Makes that many bytes available from the current position on; a body always ends later. */
  private void require(int count) throws IOException {
    if (limit - position >= count) {
      return;
    }
    System.arraycopy(buffer, position, buffer, 0, limit - position);
    limit -= position;
    position = 0;
    while (limit < count) {
      int read = raw.read(buffer, limit, buffer.length - limit);
      if (read < 0) {
        throw PayloadException.Reason.INCOMPLETE.because(
            "The form ended before its last boundary.");
      }
      limit += read;
    }
  }

  private static MalformedFormException malformed() {
    return new MalformedFormException(
        "The body of your POST request is not well-formed multipart/form-data.");
  }

  /** The boundary that a {@code multipart/form-data} content type names. */
  static String boundary(String contentType) throws MalformedFormException {
    Matcher matcher = CONTENT_TYPE.matcher(contentType.strip());
    if (!matcher.matches()) {
      throw malformed();
    }
    return matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
  }

  /** Text of a form: UTF-8 (RFC 7578 section 5.1). */
  static String text(byte[] bytes) throws MalformedFormException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException notUtf8) {
      throw new MalformedFormException("A form field is not UTF-8.");
    }
  }
}
