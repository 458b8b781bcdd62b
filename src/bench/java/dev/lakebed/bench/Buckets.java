package dev.lakebed.bench;

import java.io.IOException;

/** Makes and removes the bucket of a run. */
final class Buckets {
  private Buckets() {}

  /** Creates the endpoint's bucket; one that exists already is fine. */
  static void create(Endpoint endpoint) throws IOException {
    try (Client client = new Client(endpoint)) {
      client.call(Outgoing.s3("PUT", "/" + endpoint.bucket()));
    } catch (RefusedException e) {
      if (e.status() != 409) {
        throw e;
      }
    }
  }
}
