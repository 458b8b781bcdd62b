package dev.lakebed.auth.form;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The boundary parameter of a {@code multipart/form-data} content type (RFC 2046 section 5.1). */
final class Boundary {
  private static final Pattern CONTENT_TYPE =
      Pattern.compile(
          "multipart/form-data\\s*;(?:[^\"]*;)?\\s*boundary="
              + "(?:\"([^\"]{1,70})\"|([0-9A-Za-z'()+_,./:=?-]{1,70}))\\s*(?:;.*)?",
          Pattern.CASE_INSENSITIVE);

  private Boundary() {}

  static String of(String contentType) throws MalformedFormException {
    Matcher matcher = CONTENT_TYPE.matcher(contentType.strip());
    if (!matcher.matches()) {
      throw new MalformedFormException(
          "The body of your POST request is not well-formed multipart/form-data.");
    }
    return matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
  }
}
