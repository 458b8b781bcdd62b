package dev.lakebed.auth.form;

import java.io.IOException;
import java.util.Locale;
import java.util.Optional;

/**
 * The headers of a form part.
 *
 * @param name field name in lower case; S3 does not tell case apart
 * @param fileName file name without its path
 * @param contentType content type of the part
 * @param length number of characters read
 */
record PartHeader(
    String name, Optional<String> fileName, Optional<String> contentType, int length) {
  private static final int LONGEST = 8 * 1024;

  /** Reads up to the empty line. */
  static PartHeader read(PartReader parts, int most) throws IOException {
    Optional<String> disposition = Optional.empty();
    Optional<String> contentType = Optional.empty();
    int longest = Math.min(LONGEST, most);
    int length = 0;
    while (true) {
      String line = parts.headerLine(longest - length);
      if (line.isEmpty()) {
        break;
      }
      length += line.length();
      int colon = line.indexOf(':');
      String name = line.substring(0, Math.max(colon, 0)).strip().toLowerCase(Locale.ROOT);
      String value = line.substring(colon + 1).strip();
      if (name.equals("content-disposition")) {
        disposition = Optional.of(value);
      } else if (name.equals("content-type")) {
        contentType = Optional.of(value);
      }
    }
    String text =
        disposition.orElseThrow(
            () -> new MalformedFormException("A form part has no Content-Disposition."));
    return of(text, contentType, length);
  }

  private static PartHeader of(String disposition, Optional<String> contentType, int length)
      throws MalformedFormException {
    Disposition parsed = Disposition.parse(disposition);
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
}
