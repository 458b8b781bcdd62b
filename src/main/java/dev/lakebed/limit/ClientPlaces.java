package dev.lakebed.limit;

import dev.lakebed.limit.ClientPlaces.ClientShare.Client;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Places at something that clients share, of which each may hold only a few. Who holds his few
 * waits here, where nobody else waits for him. A place is taken before what it is for, the places
 * of one client before those of many, and no work that holds one asks for another: nothing can
 * deadlock.
 */
public final class ClientPlaces {
  private final Supplier<Optional<Client>> current;
  private final Limits limits;
  private final Map<String, Line> lines = new ConcurrentHashMap<>();

  /** {@code current} is whom a thread works for; the server's own work, of nobody, has no bound. */
  public ClientPlaces(Supplier<Optional<Client>> current, Limits limits) {
    this.current = current;
    this.limits = limits;
  }

  /**
   * Places for an access key, for signed requests of a network, for all requests together that
   * nobody signed, and for those of one network.
   */
  public record Limits(int key, int network, int unsigned, int unsignedEach) {
    private static final int UNSIGNED_PART = 4;

    static Limits ofPercent(int all, int percent) {
      int unsigned = Math.max(1, all / UNSIGNED_PART);
      int each = part(all, percent);
      return new Limits(each, each, unsigned, part(unsigned, percent));
    }

    private static int part(int all, int percent) {
      return Math.max(1, all * percent / 100);
    }

    /** What a client's request needs, in the order of taking. */
    private List<Bound> of(Client client) {
      List<Bound> bounds = new ArrayList<>(2);
      if (client.accessKey().isPresent()) {
        bounds.add(new Bound("key " + client.accessKey().get(), key));
        client.network().ifPresent(name -> bounds.add(new Bound("network " + name, network)));
      } else {
        client.network().ifPresent(name -> bounds.add(new Bound("unsigned " + name, unsignedEach)));
        bounds.add(new Bound("unsigned", unsigned));
      }
      return bounds;
    }
  }

  private record Bound(String holder, int most) {}

  /** The places of a holder; known while somebody has one or waits for one. */
  private static final class Line {
    private final Semaphore free;
    private int users;

    Line(int most) {
      free = new Semaphore(most);
    }
  }

  public final class Place implements AutoCloseable {
    private final List<Bound> held = new ArrayList<>(2);

    private Place() {}

    @Override
    public void close() {
      held.forEach(bound -> leave(bound, true));
    }
  }

  /**
   * Takes a place for the client that this thread works for; empty when none becomes free in time.
   * Where others wait for each place that one has, {@code patience} is none.
   */
  public Optional<Place> take(Duration patience) {
    Place place = new Place();
    Optional<Client> client = current.get();
    if (client.isPresent()) {
      long until = System.nanoTime() + patience.toNanos();
      for (Bound bound : limits.of(client.get())) {
        if (!enter(bound, until)) {
          place.close();
          return Optional.empty();
        }
        place.held.add(bound);
      }
    }
    return Optional.of(place);
  }

  private boolean enter(Bound bound, long until) {
    Line line =
        lines.compute(
            bound.holder(),
            (holder, known) -> {
              Line joined = known == null ? new Line(bound.most()) : known;
              joined.users++;
              return joined;
            });
    boolean entered = false;
    try {
      entered =
          line.free.tryAcquire()
              || line.free.tryAcquire(until - System.nanoTime(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      if (!entered) {
        leave(bound, false);
      }
    }
    return entered;
  }

  private void leave(Bound bound, boolean entered) {
    lines.computeIfPresent(
        bound.holder(),
        (holder, line) -> {
          if (entered) {
            line.free.release();
          }
          line.users--;
          return line.users == 0 ? null : line;
        });
  }

  /** The part of all places that one client may have; the server's own work, of no client, all. */
  public record ClientShare(int percent, Supplier<Optional<Client>> current) {
    /** Everything, for who works for no clients. */
    public static final ClientShare ALL = new ClientShare(100, Optional::empty);

    public ClientPlaces places(int all) {
      return new ClientPlaces(current, ClientPlaces.Limits.ofPercent(all, percent));
    }

    /**
     * Whom a request counts for: its network, empty when that stands for many clients, and its
     * access key, empty until the signature was verified.
     */
    public record Client(Optional<String> network, Optional<String> accessKey) {}
  }
}
