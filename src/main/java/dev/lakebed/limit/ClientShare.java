package dev.lakebed.limit;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * How much of what many share one client may have.
 *
 * @param percent part of all places
 * @param current whom this thread works for; empty for the server's own work, which has no bound
 */
public record ClientShare(int percent, Supplier<Optional<Client>> current) {
  /** Everything, for who works for no clients. */
  public static final ClientShare ALL = new ClientShare(100, Optional::empty);

  /** The places that clients have at so many of something. */
  public ClientPlaces places(int all) {
    return new ClientPlaces(current, ClientPlaces.Limits.ofPercent(all, percent));
  }

  /**
   * Whom a request counts for when what many share is shared out.
   *
   * @param network name of the network of its address; empty when that stands for many clients
   * @param accessKey the key that signed it; empty until the signature was verified
   */
  public record Client(Optional<String> network, Optional<String> accessKey) {}
}
