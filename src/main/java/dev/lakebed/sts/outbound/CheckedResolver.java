package dev.lakebed.sts.outbound;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;

/**
 * Resolves names for the connection that is about to be made, and only to permitted addresses: a
 * name that resolves to another address the second time is checked the second time.
 */
final class CheckedResolver implements DnsResolver {
  private final AddressRules rules;
  private final boolean named;

  CheckedResolver(AddressRules rules, boolean named) {
    this.rules = rules;
    this.named = named;
  }

  @Override
  public InetAddress[] resolve(String host) throws UnknownHostException {
    List<InetAddress> permitted =
        Arrays.stream(SystemDefaultDnsResolver.INSTANCE.resolve(host))
            .filter(address -> rules.permits(address, named))
            .toList();
    if (permitted.isEmpty()) {
      throw new UnknownHostException(host + " has no address that may be asked");
    }
    return permitted.toArray(InetAddress[]::new);
  }

  @Override
  public String resolveCanonicalHostname(String host) {
    return host;
  }
}
