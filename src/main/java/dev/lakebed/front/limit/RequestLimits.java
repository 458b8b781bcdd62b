package dev.lakebed.front.limit;

import dev.lakebed.auth.TrustedProxies;
import dev.lakebed.http.Request;
import dev.lakebed.limit.ServerBusyException;

/**
 * Bounds what requests in work hold together and for each client: places, places of bodies, and
 * memory. A client is an address, and an access key once the signature was verified; nobody gets
 * more than a part, and unsigned requests together get a quarter.
 */
public final class RequestLimits {
  /** One part of so many is for unsigned requests, and again one of so many for one client. */
  private static final int UNSIGNED_PART = 4;

  /** Requests without a body, which no number bounds for all together. */
  private static final int BODILESS = 128;

  private final TrustedProxies proxies;
  final Tarpit tarpit;
  final Shares requests;
  final Shares bodies;
  final Shares unsignedBodies;
  final Shares keys;
  final Shares memory;
  final Shares unsignedMemory;
  final Shares keyMemory;

  /**
   * Requests with a body in work at a time, memory for bodies that are kept whole, and the part of
   * it all that one client may hold.
   */
  public record Settings(int bodies, long memoryBytes, int percent) {}

  public RequestLimits(Settings settings, TrustedProxies proxies, Tarpit tarpit) {
    this.proxies = proxies;
    this.tarpit = tarpit;
    long places = settings.bodies();
    long bytes = settings.memoryBytes();
    int percent = settings.percent();
    this.requests = new Shares(Long.MAX_VALUE, Shares.part(places + BODILESS, percent));
    this.bodies = Shares.ofPercent(places, percent);
    this.unsignedBodies = unsigned(places);
    this.keys = Shares.ofPercent(places, percent);
    this.memory = Shares.ofPercent(bytes, percent);
    this.unsignedMemory = unsigned(bytes);
    this.keyMemory = Shares.ofPercent(bytes, percent);
  }

  private static Shares unsigned(long total) {
    long all = Math.max(1, total / UNSIGNED_PART);
    return new Shares(all, Math.max(1, all / UNSIGNED_PART));
  }

  /** Lets a request in; {@link ServerBusyException} when there is no room for it. */
  public Ticket enter(Request request) {
    Ticket ticket = new Ticket(this, client(request), hasBody(request));
    try {
      ticket.enter();
    } catch (ServerBusyException busy) {
      ticket.close();
      throw busy;
    }
    return ticket;
  }

  /** A trusted proxy that names no client stands for all of them. */
  private String client(Request request) {
    String address = proxies.clientAddress(request);
    return proxies.trusts(address) ? Shares.NOBODY : ConnectionShares.network(address);
  }

  /** A request was refused of which nobody knows who sent it. */
  public void refused(Request request) {
    tarpit.refused(client(request));
  }

  /** A request got what it asked for, of which nobody knows who sent it. */
  public void served(Request request) {
    tarpit.served(client(request));
  }

  private static boolean hasBody(Request request) {
    return request.body().length().orElse(1) != 0;
  }
}
