package dev.lakebed.attack;

import java.util.Optional;

/** What a request is signed with. */
record Keys(String access, String secret, Optional<String> token) {
  static final Keys OWNER =
      new Keys("ATTACKOWNER000000001", "c29yZS1vd25lci1zZWNyZXQtZm9yLWF0dGFja3M", Optional.empty());

  /** Known to the server, but without rights on the buckets of the tests. */
  static final Keys OUTSIDER =
      new Keys("ATTACKOUTSIDER000001", "b3V0c2lkZXItc2VjcmV0LWZvci1hdHRhY2tzLTE", Optional.empty());

  /** Administrator of another account, {@link Users#OTHER_ACCOUNT}. */
  static final Keys NEIGHBOUR =
      new Keys(
          "ATTACKNEIGHBOUR00001", "bmVpZ2hib3VyLXNlY3JldC1mb3ItYXR0YWNrcy0x", Optional.empty());

  Keys withToken(String other) {
    return new Keys(access, secret, Optional.of(other));
  }
}
