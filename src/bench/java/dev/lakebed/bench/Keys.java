package dev.lakebed.bench;

import java.util.Optional;

/** An access key pair, with the session token of temporary credentials. */
record Keys(String access, String secret, Optional<String> token) {
  Keys {
    if (access.isEmpty() || secret.isEmpty()) {
      throw new IllegalArgumentException("both access and secret must be given");
    }
  }

  /** Shows the access key only. */
  @Override
  public String toString() {
    return "Keys[" + access + "]";
  }
}
