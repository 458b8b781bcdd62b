package dev.lakebed.front.limit;

import java.net.InetAddress;
import java.util.function.Predicate;

/**
 * What connections share before anything of a request is known.
 *
 * @param connections how many there may be
 * @param heads bytes of heads of which only a part has come
 * @param tarpit where refused networks wait
 * @param unlimited addresses that stand for many clients and have no share: trusted proxies
 */
public record ConnectionShares(
    Shares connections, Shares heads, Tarpit tarpit, Predicate<String> unlimited) {
  /** For whom a connection from an address counts. */
  public String holder(InetAddress peer) {
    String address = peer.getHostAddress();
    return unlimited.test(address) ? Shares.NOBODY : ClientNetwork.of(address);
  }
}
