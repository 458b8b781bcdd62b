package dev.lakebed.front.limit;

import dev.lakebed.http.RequestBody.BodyMemory;
import dev.lakebed.limit.ClientPlaces.ClientShare.Client;
import dev.lakebed.limit.ServerBusyException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Optional;

/**
 * What one request holds of the server while it is in work. One thread at a time uses it. A request
 * counts as unsigned until its signature was verified.
 */
public final class Ticket implements BodyMemory, AutoCloseable {
  /** Something taken, to be given back. */
  private record Held(Shares shares, String holder, long amount) {}

  private static final String NO_MEMORY = "No memory is left for bodies at the moment";

  private final RequestLimits limits;
  private final String client;
  private final boolean hasBody;
  private final Deque<Held> held = new ArrayDeque<>(4);
  private Optional<String> accessKey = Optional.empty();
  private boolean bodyIsRead;

  Ticket(RequestLimits limits, String client, boolean hasBody) {
    this.limits = limits;
    this.client = client;
    this.hasBody = hasBody;
  }

  void enter() {
    take(limits.requests, client, 1, "Too many requests of one client at a time");
    if (hasBody) {
      take(limits.bodies, client, 1, "Too many uploads at a time");
    }
  }

  /** The body is about to be read; refused when there are too many that are not verified. */
  public void opened() {
    if (!isSigned()) {
      take(limits.unsignedBodies, client, 1, "Too many unsigned uploads at a time");
    }
  }

  /** The signature was verified: the request counts for its key, if that has room for it. */
  public void signedBy(String verifiedKey) {
    accessKey = Optional.of(verifiedKey);
    limits.tarpit.verified(client, verifiedKey);
    if (hasBody) {
      giveBack(limits.unsignedBodies);
      take(limits.keys, verifiedKey, 1, "Too many uploads of one access key at a time");
      take(limits.keyMemory, verifiedKey, giveBack(limits.unsignedMemory), NO_MEMORY);
    }
  }

  /** How much was held of these shares. */
  private long giveBack(Shares shares) {
    long amount = 0;
    for (Iterator<Held> all = held.iterator(); all.hasNext(); ) {
      Held one = all.next();
      if (one.shares() == shares) {
        all.remove();
        shares.give(one.holder(), one.amount());
        amount += one.amount();
      }
    }
    return amount;
  }

  /** The whole body was read. */
  public void ended() {
    bodyIsRead = true;
  }

  /** Whether nothing of the body is left on the connection. */
  public boolean bodyIsRead() {
    return bodyIsRead || !hasBody;
  }

  /** Whom the request counts for at the moment. */
  public Client client() {
    return new Client(
        client.equals(Shares.NOBODY) ? Optional.empty() : Optional.of(client), accessKey);
  }

  /** Whether the signature was verified. */
  public boolean isSigned() {
    return accessKey.isPresent();
  }

  @Override
  public void take(long bytes) {
    take(limits.memory, client, bytes, NO_MEMORY);
    if (accessKey.isPresent()) {
      take(limits.keyMemory, accessKey.get(), bytes, NO_MEMORY);
    } else {
      take(limits.unsignedMemory, client, bytes, NO_MEMORY);
    }
  }

  private void take(Shares shares, String holder, long amount, String busy) {
    if (!shares.take(holder, amount)) {
      throw new ServerBusyException(busy);
    }
    Held last = held.peekLast();
    if (last != null && last.shares() == shares && last.holder().equals(holder)) {
      held.removeLast();
      held.addLast(new Held(shares, holder, last.amount() + amount));
    } else {
      held.addLast(new Held(shares, holder, amount));
    }
  }

  /** Gives everything back. */
  @Override
  public void close() {
    for (Held one = held.pollLast(); one != null; one = held.pollLast()) {
      one.shares().give(one.holder(), one.amount());
    }
  }
}
