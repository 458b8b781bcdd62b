package dev.lakebed.sts;

import dev.lakebed.auth.Caller;
import dev.lakebed.auth.Principal;
import dev.lakebed.iam.session.ChainLink;
import dev.lakebed.operation.query.QueryError;
import dev.lakebed.operation.query.QueryException;
import java.util.ArrayList;
import java.util.List;

/**
 * What a new session will rest on.
 *
 * @param baseKey the long-term key at the root
 * @param chain the sessions before, see {@link ChainLink}
 */
record Origin(String baseKey, List<String> chain) {
  static Origin of(Caller caller) {
    if (caller.principal() instanceof Principal.Session session) {
      List<String> chain = new ArrayList<>(session.chain().subList(1, session.chain().size()));
      chain.add(ChainLink.to(session, caller.accessKeyId().orElse("")).toString());
      return new Origin(session.chain().getFirst(), chain);
    }
    return new Origin(
        caller
            .accessKeyId()
            .orElseThrow(
                () ->
                    new QueryException(
                        QueryError.MISSING_AUTHENTICATION_TOKEN,
                        "Request is missing Authentication Token")),
        List.of());
  }
}
