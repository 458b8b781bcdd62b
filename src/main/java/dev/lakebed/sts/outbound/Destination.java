package dev.lakebed.sts.outbound;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What to fetch, and what the operator said about it.
 *
 * @param uri absolute
 * @param http whether it may be fetched without TLS
 * @param named whether the operator wrote this host, so that it may have a private address
 * @param anyCertificate whether the TLS certificate is taken unseen
 * @param caCertificate PEM file with the authorities to trust instead of the platform's
 * @param thumbprints SHA-1 of certificates, lower-case hexadecimal; when not empty, one of them
 *     must be in the chain
 */
public record Destination(
    URI uri,
    boolean http,
    boolean named,
    boolean anyCertificate,
    Optional<Path> caCertificate,
    List<String> thumbprints) {
  /** Copies the list. */
  public Destination {
    thumbprints = List.copyOf(thumbprints);
  }

  /** Another address under the same rules; a host that the operator did not write is not named. */
  public Destination at(URI other, boolean sameTrust) {
    return new Destination(other, http, sameTrust, anyCertificate, caCertificate, thumbprints);
  }
}
