package dev.lakebed.http;

/**
 * The request target exactly as it stood on the request line (RFC 9112 section 3.2), nothing
 * decoded, collapsed or resolved. Each character is one byte of the line (ISO-8859-1).
 *
 * @param path the raw path; starts with {@code /}
 * @param query the raw text after the first {@code ?}; empty when there is none
 */
public record RawTarget(String path, String query) {
  public RawTarget {
    if (!path.startsWith("/")) {
      throw new MalformedTargetException("the path does not start with /");
    }
  }

  /**
   * Splits a request target in origin form or absolute form. Fails with MalformedTargetException
   * when the path does not start with a slash, or a percent escape of the path is broken.
   */
  public static RawTarget parse(String target) {
    String origin = target.startsWith("/") ? target : withoutAuthority(target);
    int mark = origin.indexOf('?');
    String path = mark < 0 ? origin : origin.substring(0, mark);
    PercentEncoding.decodeToBytes(path);
    return new RawTarget(path, mark < 0 ? "" : origin.substring(mark + 1));
  }

  private static String withoutAuthority(String target) {
    int scheme = target.indexOf("://");
    if (scheme < 0) {
      throw new MalformedTargetException("neither a path nor an absolute URI");
    }
    for (int i = scheme + 3; i < target.length(); i++) {
      char c = target.charAt(i);
      if (c == '/' || c == '?') {
        return c == '/' ? target.substring(i) : "/" + target.substring(i);
      }
    }
    return "/";
  }

  /** The request target cannot be read: a broken percent escape, or text that is not UTF-8. */
  public static final class MalformedTargetException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Says what is wrong with the target, without repeating it. */
    public MalformedTargetException(String message) {
      super(message);
    }
  }
}
