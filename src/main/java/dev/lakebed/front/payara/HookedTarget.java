package dev.lakebed.front.payara;

import java.util.Optional;

/** What the hook's header carries: the request's number, its version of TLS, its raw target. */
public record HookedTarget(long number, Optional<String> tlsVersion, String target) {
  private static final String NO_TLS = "-";

  /** Reads the header that {@link RawTargetFilter} wrote. */
  public static HookedTarget parse(String header) {
    int tls = header.indexOf(' ') + 1;
    int target = header.indexOf(' ', tls) + 1;
    String version = header.substring(tls, target - 1);
    return new HookedTarget(
        Long.parseLong(header, 0, tls - 1, 10),
        version.equals(NO_TLS) ? Optional.empty() : Optional.of(version),
        header.substring(target));
  }

  String header() {
    return number + " " + tlsVersion.orElse(NO_TLS) + " " + target;
  }

  /**
   * Ends the connection at once, so that the client does not take half an answer for the whole;
   * false when the connection could not be told.
   */
  public boolean terminateConnection() {
    return RawTargetFilter.terminate(number);
  }

  /** Whether the client still waits for {@code 100 Continue} before it sends the body. */
  public boolean awaitsContinue() {
    return RawTargetFilter.awaitsContinue(number);
  }

  /** Sends {@code 100 Continue} to a client that waits for it. */
  public void sendContinue() {
    RawTargetFilter.sendContinue(number);
  }
}
