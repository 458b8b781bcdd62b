package dev.lakebed.edge.payara;

/**
 * What the hook's header carries.
 *
 * @param number number of the request, to end its connection by
 * @param target the raw request target
 */
public record HookedTarget(long number, String target) {
  /** Reads the header that {@link RawTargetFilter} wrote. */
  public static HookedTarget parse(String header) {
    int space = header.indexOf(' ');
    return new HookedTarget(Long.parseLong(header, 0, space, 10), header.substring(space + 1));
  }

  /**
   * Ends the connection at once, for an answer that broke off in its middle: the client must not
   * take what it got for the whole.
   *
   * @return false when the connection could not be told
   */
  public boolean terminateConnection() {
    return RawTargetFilter.terminate(number);
  }
}
