package dev.lakebed.auth.form;

import dev.lakebed.auth.form.PostForm.MalformedFormException;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;

/**
 * The headers of a form part, {@code length} characters. The field name is in lower case, for S3
 * does not tell case apart; the file name is without its path.
 */
record PartHeader(
    String name, Optional<String> fileName, Optional<String> contentType, int length) {
  private static final int LONGEST = 8 * 1024;

  /** Reads up to the empty line. */
  static PartHeader read(MultipartReader parts, int most) throws IOException {
    Optional<String> disposition = Optional.empty();
    Optional<String> contentType = Optional.empty();
    int longest = Math.min(LONGEST, most);
    int length = 0;
    String line = parts.headerLine(longest);
    while (!line.isEmpty()) {
      length += line.length();
      int colon = line.indexOf(':');
      String name = line.substring(0, Math.max(colon, 0)).strip().toLowerCase(Locale.ROOT);
      String value = line.substring(colon + 1).strip();
      if (name.equals("content-disposition")) {
        disposition = Optional.of(value);
      } else if (name.equals("content-type")) {
        contentType = Optional.of(value);
      }
      line = parts.headerLine(longest - length);
    }
    Disposition parsed =
        Disposition.parse(
            disposition.orElseThrow(
                () -> new MalformedFormException("A form part has no Content-Disposition.")));
    return new PartHeader(
        parsed
            .name()
            .orElseThrow(() -> new MalformedFormException("A form part has no name."))
            .toLowerCase(Locale.ROOT),
        parsed.fileName().map(PartHeader::withoutPath),
        contentType,
        length);
  }

  private static String withoutPath(String fileName) {
    int slash = Math.max(fileName.lastIndexOf('/'), fileName.lastIndexOf('\\'));
    return fileName.substring(slash + 1);
  }

  /**
   * A {@code Content-Disposition} of a form part (RFC 7578 section 4.2). In quoted text, {@code \"}
   * and {@code \\} are escapes, as curl writes them, and so is {@code %22}, as browsers do; any
   * other backslash is itself, for old browsers send whole paths.
   */
  record Disposition(Optional<String> name, Optional<String> fileName) {
    static Disposition parse(String text) throws MalformedFormException {
      int semicolon = text.indexOf(';');
      if (semicolon < 0 || !text.substring(0, semicolon).strip().equalsIgnoreCase("form-data")) {
        throw new MalformedFormException("A form part is not form-data.");
      }
      Optional<String> name = Optional.empty();
      Optional<String> fileName = Optional.empty();
      int at = semicolon + 1;
      while (at < text.length()) {
        int equals = text.indexOf('=', at);
        if (equals < 0) {
          throw unreadable();
        }
        String parameter = text.substring(at, equals).strip().toLowerCase(Locale.ROOT);
        StringBuilder value = new StringBuilder();
        at = value(text, equals + 1, value);
        if (parameter.equals("name") && name.isEmpty()) {
          name = Optional.of(value.toString());
        } else if (parameter.equals("filename") && fileName.isEmpty()) {
          fileName = Optional.of(value.toString());
        } else if (parameter.equals("name") || parameter.equals("filename")) {
          throw unreadable();
        }
      }
      return new Disposition(name, fileName);
    }

    /** Reads one value; gives the index behind its semicolon, or the end. */
    private static int value(String text, int from, StringBuilder value)
        throws MalformedFormException {
      if (from == text.length() || text.charAt(from) != '"') {
        int end = end(text, from);
        value.append(text.substring(from, end).strip());
        return end + 1;
      }
      int i = from + 1;
      for (; i < text.length() && text.charAt(i) != '"'; i++) {
        if (text.startsWith("%22", i)) {
          i += 2;
          value.append('"');
          continue;
        }
        if (text.startsWith("\\\"", i) || text.startsWith("\\\\", i)) {
          i++;
        }
        value.append(text.charAt(i));
      }
      int end = end(text, i);
      if (i >= text.length() || !text.substring(i + 1, end).isBlank()) {
        throw unreadable();
      }
      return end + 1;
    }

    private static int end(String text, int from) {
      int semicolon = text.indexOf(';', from);
      return semicolon < 0 ? text.length() : semicolon;
    }

    private static MalformedFormException unreadable() {
      return new MalformedFormException("The Content-Disposition of a form part is malformed.");
    }
  }
}
