package dev.lakebed.http;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The host names whose sub-domains are buckets (<a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/VirtualHosting.html">AWS, Virtual
 * hosting of buckets</a>).
 */
public final class VirtualHosts {
  public static final VirtualHosts NONE = new VirtualHosts(List.of());

  /** An address in digits; one of IPv6 has brackets and no dot in front. */
  private static final Pattern NUMERIC = Pattern.compile("[0-9.]+|\\[.*");

  private final List<String> suffixes;

  /**
   * Takes host names without port; a host {@code bucket.domain} is virtual-host style, any other
   * host is path style.
   */
  public VirtualHosts(List<String> domains) {
    this.suffixes = domains.stream().map(domain -> "." + domain.toLowerCase(Locale.ROOT)).toList();
  }

  /** The bucket that a host, with or without port, names; empty when it names none. */
  public String bucket(String hostHeader) {
    String host = withoutPort(hostHeader).toLowerCase(Locale.ROOT);
    // The longest suffix wins, so that the shortest bucket name is taken.
    int longest = 0;
    for (String suffix : suffixes) {
      if (suffix.length() == host.length() + 1 && suffix.endsWith(host)) {
        return "";
      }
      if (host.length() > suffix.length() && host.endsWith(suffix)) {
        longest = Math.max(longest, suffix.length());
      }
    }
    return longest == 0 ? "" : host.substring(0, host.length() - longest);
  }

  /**
   * Whether a host, with or without port, is a name of which nothing is known here, so that it may
   * be meant to name a bucket.
   */
  public boolean isUnknown(String hostHeader) {
    String host = withoutPort(hostHeader).toLowerCase(Locale.ROOT);
    return host.indexOf('.') > 0
        && !NUMERIC.matcher(host).matches()
        && !suffixes.contains("." + host)
        && bucket(host).isEmpty();
  }

  private static String withoutPort(String host) {
    int colon = host.lastIndexOf(':');
    return colon > host.lastIndexOf(']') ? host.substring(0, colon) : host;
  }
}
