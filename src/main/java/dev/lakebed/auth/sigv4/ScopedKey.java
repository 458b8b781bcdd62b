package dev.lakebed.auth.sigv4;

import java.util.Optional;

/**
 * The credential element of a signature: {@code <access key id>/<date>/<region>/<service>/
 * aws4_request}.
 *
 * @param accessKeyId which key; may itself hold slashes
 * @param scope for what
 */
record ScopedKey(String accessKeyId, Scope scope) {
  private static final int LONGEST = 512;

  /** Reads the element from its end; empty when a part is missing or wrong. */
  static Optional<ScopedKey> parse(String credential) {
    int terminator = credential.lastIndexOf('/');
    int service = credential.lastIndexOf('/', terminator - 1);
    int region = credential.lastIndexOf('/', service - 1);
    int date = credential.lastIndexOf('/', region - 1);
    if (date <= 0
        || credential.length() > LONGEST
        || !credential.substring(terminator + 1).equals(Scope.TERMINATOR)
        || !isDate(credential, date + 1, region)
        || region + 1 == service
        || service + 1 == terminator) {
      return Optional.empty();
    }
    return Optional.of(
        new ScopedKey(
            credential.substring(0, date),
            new Scope(
                credential.substring(date + 1, region),
                credential.substring(region + 1, service),
                credential.substring(service + 1, terminator))));
  }

  private static boolean isDate(String text, int from, int to) {
    if (to - from != 8) {
      return false;
    }
    for (int i = from; i < to; i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }
}
