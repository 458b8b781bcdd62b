package dev.lakebed.metadata;

import dev.lakebed.task.Client;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * How much of the database one client may have.
 *
 * @param percent part of the connections of a pool
 * @param current whom this thread works for; empty for the server's own work, which has no bound
 */
public record ClientShare(int percent, Supplier<Optional<Client>> current) {
  /** Everything, for who works for no clients. */
  static final ClientShare ALL = new ClientShare(100, Optional::empty);

  /** Places at so many connections. */
  ClientPlaces places(int connections) {
    return new ClientPlaces(current, ClientPlaces.Limits.ofConnections(connections, percent));
  }
}
