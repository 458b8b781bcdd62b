package dev.lakebed.sts.outbound;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Fetches a small document. */
@FunctionalInterface
public interface Fetcher {
  /** Fails when the document may not be asked for, cannot be had, or is too large. */
  byte[] get(Destination destination) throws IOException;

  /**
   * What to fetch, and what the operator said about it.
   *
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
    public Destination {
      thumbprints = List.copyOf(thumbprints);
    }

    /** Another address under the same rules. */
    public Destination at(URI other, boolean sameTrust) {
      return new Destination(other, http, sameTrust, anyCertificate, caCertificate, thumbprints);
    }
  }

  /** An outbound request that was not made or whose answer cannot be used. */
  public static final class OutboundException extends IOException {
    private static final long serialVersionUID = 1L;

    OutboundException(String message) {
      super(message);
    }

    OutboundException(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
