package dev.lakebed.auth.sigv4;

import dev.lakebed.http.PercentEncoding;
import dev.lakebed.http.QueryParameters;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The query line of a canonical request. */
final class CanonicalQuery {
  private record Pair(String name, String value) {
    static final Comparator<Pair> ORDER =
        Comparator.comparing(Pair::name).thenComparing(Pair::value);
  }

  private CanonicalQuery() {}

  /** Encodes and sorts; leaves the signature itself out when it stands in the query. */
  static String of(QueryParameters query, boolean presigned) {
    if (query.all().isEmpty()) {
      return "";
    }
    List<Pair> pairs = new ArrayList<>(query.all().size());
    for (QueryParameters.Parameter parameter : query.all()) {
      if (!presigned || !parameter.name().equals(QueryClaim.SIGNATURE)) {
        pairs.add(
            new Pair(
                PercentEncoding.encode(parameter.name()),
                PercentEncoding.encode(parameter.value())));
      }
    }
    pairs.sort(Pair.ORDER);
    StringBuilder out = new StringBuilder(128);
    for (Pair pair : pairs) {
      if (!out.isEmpty()) {
        out.append('&');
      }
      out.append(pair.name()).append('=').append(pair.value());
    }
    return out.toString();
  }
}
